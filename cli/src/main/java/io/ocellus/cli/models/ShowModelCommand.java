package io.ocellus.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.service.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ocellus models show}. */
@Command(
    name = "show",
    description = "Shows everything that the manifest of a version says.",
    footer = {"  ocellus models show", "  ocellus models show 3 --model birds --json"})
final class ShowModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Option(names = "--json", description = "Print the manifest as JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Manifest manifest = options.manifest(options.catalog());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest)
            : ManifestText.of(manifest));
    return 0;
  }
}
