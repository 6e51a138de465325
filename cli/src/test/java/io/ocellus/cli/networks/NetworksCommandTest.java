package io.ocellus.cli.networks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocellus.cli.Ocellus;
import io.ocellus.network.Networks;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class NetworksCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Ocellus.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void everyNetworkIsListedWithWhatItCostsAndItsPaper() {
    assertThat(run("networks")).isZero();
    assertThat(out.toString().lines()).hasSize(1 + Networks.names().size());
    assertThat(out.toString())
        .containsPattern("densenet-121 +224 +1,000 +7,978,856 +2,834,161,664 +30.7 MiB  Huang et")
        .containsPattern("densenet-bc-100-12 +32 +10 +769,162");
  }

  @Test
  void theLayersOfANetworkAreShownWithTheirSums() {
    assertThat(run("networks", "show", "densenet-121", "--size", "64", "--classes", "5")).isZero();
    assertThat(out.toString())
        .containsPattern("features.conv0 +conv 7x7 stride 2 +64 x 32 x 32 +9,408 +9,633,792")
        .containsPattern("classifier +linear +5 +5,125 +5,120")
        .contains("parameters     6,958,981")
        .contains("one image of 64 x 64");
  }

  @Test
  void anOptionChangesTheNetwork() {
    run("networks", "show", "densenet-bc-100-12", "--option", "attention=se");
    assertThat(out.toString()).contains("SE_Block.fc.0").contains("parameters     770,314");
  }

  @Test
  void aMisspeltNetworkIsAnsweredWithTheNearestOne() {
    assertThat(run("networks", "show", "densnet-121")).isEqualTo(1);
    assertThat(err.toString()).contains("Did you mean densenet-121?");
  }
}
