package io.ocellus.cli.models;

import io.ocellus.checkpoint.Checkpoint;
import io.ocellus.checkpoint.CheckpointCatalog;
import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.RefusedCheckpointException;
import io.ocellus.checkpoint.Signer;
import io.ocellus.checkpoint.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus models verify}. */
@Command(
    name = "verify",
    description =
        "Downloads a version, checks the size and hash of each of its files and tells who signed it.",
    footer = {
      "  ocellus models verify",
      "  ocellus models verify --all --model birds",
      "  ocellus models verify --public-key trainer.pub"
    },
    exitCodeList = {"0:all is sound", "1:something is not, or failed", "2:not understood"})
final class VerifyModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Option(names = "--all", description = "Every version of the model.")
  private boolean all;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "A public key; a version that no such key has signed is not sound. May be repeated.")
  private List<Path> keys = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    CheckpointCatalog catalog = options.catalog(Trust.in(keys));
    List<Integer> versions =
        all ? catalog.numbers(options.model()) : List.of(options.number(options.catalog()));
    if (versions.isEmpty()) {
      options.manifest(catalog);
    }
    int refused = 0;
    for (int version : versions) {
      refused += isSound(catalog, version) ? 0 : 1;
    }
    return refused == 0 ? 0 : 1;
  }

  private boolean isSound(CheckpointCatalog catalog, int version) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Download download = new Download(Path.of(System.getProperty("java.io.tmpdir")))) {
      Checkpoint checkpoint = download.fetch(catalog, options.model(), version, -1);
      for (FileEntry file : checkpoint.manifest().files()) {
        out.printf(
            "%s/%d  %s  %s  sha256 %s  sound%n",
            options.model(), version, file.name(), Figures.bytes(file.size()), file.sha256());
      }
      out.printf("%s/%d  %s%n", options.model(), version, signer(checkpoint.signer()));
      return true;
    } catch (RefusedCheckpointException e) {
      out.println(e.getMessage());
      return false;
    }
  }

  private static String signer(Optional<Signer> signer) {
    return signer
        .map(
            s ->
                s.trusted()
                    ? "signed by key " + s.key()
                    : "says that key %s has signed it; --public-key checks that".formatted(s.key()))
        .orElse("not signed");
  }
}
