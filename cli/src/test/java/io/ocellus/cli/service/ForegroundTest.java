package io.ocellus.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocellus.config.Setting;
import io.ocellus.service.Service;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ForegroundTest {
  private record Settings(@Setting(byDefault = "x", help = "A name.") String name) {}

  private static final class Fragile implements Service {
    private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
    private boolean closed;

    @Override
    public void start() {
      gaveUp.completeAsync(() -> "out of luck");
    }

    @Override
    public CompletionStage<String> gaveUp() {
      return gaveUp.minimalCompletionStage();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aServiceThatGivesUpIsClosedAndItsReasonEndsTheCommand() {
    Fragile service = new Fragile();
    assertThatThrownBy(
            () ->
                Foreground.run(
                    "inferencer", new Settings("x"), () -> service, Duration.ofSeconds(5)))
        .hasMessage("The inferencer has stopped by itself: out of luck");
    assertThat(service.closed).isTrue();
  }
}
