package io.ocellus.cli.keys;

import io.ocellus.signature.KeyPairFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ocellus keys generate}. */
@Command(
    name = "generate",
    description = {
      "Writes a new Ed25519 pair: NAME.key, private and readable by its owner alone, and NAME.pub.",
      "",
      "A trainer signs with the private one, inferencers verify with the public one. What is there"
          + " already is never overwritten."
    },
    footer = {"  ocellus keys generate trainer", "  ocellus keys generate /etc/ocellus/2027"})
final class GenerateKeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "What the two files are called, without ending.")
  private Path name;

  @Override
  public Integer call() {
    KeyPairFiles files = KeyPairFiles.generate(name);
    spec.commandLine()
        .getOut()
        .printf(
            "Key %s%n  %s  keep it secret; the trainer signs with it: checkpoints.signing-key%n"
                + "  %s  for inferencers to verify with: checkpoints.public-keys%n",
            files.id(), files.privateKey(), files.publicKey());
    return 0;
  }
}
