package io.ocellus.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.ocellus.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trainer has a quarter more memory than its default network takes, as it was measured. */
class TrainerMemoryTest {
  private static final Path MEASURED = Path.of("..", "docs", "benchmarks.md");
  private static final double GIB = 1 << 30;
  private static final double LARGEST_SHARE = 0.75;

  @ParameterizedTest
  @EnumSource
  void aQuarterOfTheLimitIsFree(Overlay overlay) throws IOException {
    Workload trainer = overlay.workload("trainer");
    Quantity limit = trainer.container().getResources().getLimits().get("memory");

    assertSuffices(
        Quantity.getAmountInBytes(limit).longValue(), trainer.configuration(TrainerConfig.class));
  }

  @Test
  void soItIsInComposesStack() throws IOException {
    assertSuffices(
        ComposeFile.memory("trainer"), ComposeFile.configuration("trainer", TrainerConfig.class));
  }

  private static void assertSuffices(long limit, TrainerConfig config) throws IOException {
    assertThat(peak(config) / limit)
        .as("share of %.1f GiB that a run takes", limit / GIB)
        .isLessThanOrEqualTo(LARGEST_SHARE);
  }

  /** In bytes, without efficient memory. */
  private static double peak(TrainerConfig config) throws IOException {
    String network =
        "`%s` | %d | %d"
            .formatted(
                config.network().name(), config.network().size(), config.training().batchSize());
    Matcher row =
        Pattern.compile("\\| " + Pattern.quote(network) + " \\| ([\\d.]+) \\|")
            .matcher(Files.readString(MEASURED));
    assertThat(row.find()).as("%s says what %s takes", MEASURED, network).isTrue();
    return Double.parseDouble(row.group(1)) * GIB;
  }
}
