package io.ocellus.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.CommandProcess;
import io.ocellus.file.StateFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second service on a machine says which setting the first one has the value of. */
@Timeout(60)
class SecondServiceTest {
  @TempDir Path folder;

  @Test
  void aStateFolderInUseIsAnErrorThatNamesTheSettingAndAnother() throws Exception {
    Path state = folder.resolve("state");
    StateFolder first = StateFolder.take(state);
    try {
      for (String service : List.of("inferencer", "trainer")) {
        assertThat(error(service, "http.port=0"))
            .contains("in use by another service", "such as state-dir=" + state + "-2");
      }
    } finally {
      first.close();
    }
    StateFolder.take(state).close();
  }

  @Test
  void aPortInUseIsAnErrorThatNamesTheSettingAndAnother() throws Exception {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String service : List.of("inferencer", "trainer")) {
        assertThat(error(service, "http.port=" + first.getLocalPort()))
            .contains("already in use", "http.port to a free port, such as http.port=");
      }
    }
  }

  private String error(String service, String setting) throws Exception {
    try (CommandProcess process =
        CommandProcess.start(
            folder,
            List.of(),
            Map.of(),
            service,
            "--set",
            setting,
            "--set",
            "image.max-pixels=1_000_000",
            "--set",
            "state-dir=" + folder.resolve("state"))) {
      assertThat(process.await()).as(process.text()).isEqualTo(1);
      try (Stream<String> lines = process.text().lines()) {
        return lines.filter(line -> line.startsWith("ocellus: ")).findFirst().orElseThrow();
      }
    }
  }
}
