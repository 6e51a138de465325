package io.ocellus.cli.models;

import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Lineage;
import io.ocellus.checkpoint.Manifest;
import io.ocellus.checkpoint.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A manifest as a page for people. */
final class ManifestText {
  private final List<String> lines = new ArrayList<>();

  private ManifestText() {}

  static String of(Manifest manifest) {
    ManifestText text = new ManifestText();
    text.line("model", "%s, version %d".formatted(manifest.model(), manifest.version()));
    text.line("trained", manifest.created());
    text.line("network", manifest.network().name());
    text.lines("option", manifest.network().options());
    text.line("classes", String.join(", ", manifest.classes()));
    text.line(
        "input",
        "%1$d x %1$d pixels, %2$s"
            .formatted(manifest.preprocessing().size(), manifest.preprocessing().resize().label()));
    text.line(
        "normalised",
        "mean %s, deviation %s"
            .formatted(
                manifest.preprocessing().normalization().mean(),
                manifest.preprocessing().normalization().std()));
    text.line("temperature", Figures.of(manifest.temperature()));
    new TreeMap<>(manifest.metrics())
        .forEach((name, value) -> text.line("metric", name + " " + Figures.of(name, value)));
    manifest.files().forEach(file -> text.line("file", file(file)));
    text.lineage(manifest.lineage());
    return String.join(System.lineSeparator(), text.lines);
  }

  private void lineage(Lineage lineage) {
    line("run", "%s (%s)".formatted(lineage.run(), lineage.reason()));
    line("parent", lineage.parentVersion() == 0 ? "none" : "version " + lineage.parentVersion());
    line(
        "images",
        "%d learned from, %d held out".formatted(lineage.trainImages(), lineage.testImages()));
    line("split", "%s; seed %d".formatted(lineage.splitRule(), lineage.seed()));
    lineage.data().forEach(range -> line("data", range(range)));
    line("start", lineage.start());
    line("code", lineage.codeVersion());
    lines("setting", lineage.configuration());
  }

  private static String file(FileEntry file) {
    return "%s  %s  sha256 %s".formatted(file.name(), Figures.bytes(file.size()), file.sha256());
  }

  private static String range(OffsetRange range) {
    return "%s-%d, offsets %d to %d (exclusive)"
        .formatted(range.topic(), range.partition(), range.from(), range.to());
  }

  private void lines(String name, Map<String, String> values) {
    new TreeMap<>(values).forEach((key, value) -> line(name, key + " = " + value));
  }

  private void line(String name, Object value) {
    lines.add("%-11s %s".formatted(name, value));
  }
}
