package io.ocellus.cli.models;

import io.ocellus.checkpoint.FileEntry;
import io.ocellus.checkpoint.Manifest;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private static final long MIB = 1024 * 1024;

  private Figures() {}

  /** Of a metric by that name: counts are whole. */
  static String of(String name, Double figure) {
    return name.equals("epoch") ? String.format(Locale.ROOT, "%.0f", figure) : of(figure);
  }

  static String of(Double figure) {
    return figure == null ? "-" : String.format(Locale.ROOT, "%.4f", figure);
  }

  static String bytes(long bytes) {
    return bytes < MIB
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
  }

  /** Of all its files, in bytes. */
  static long size(Manifest manifest) {
    return manifest.files().stream().mapToLong(FileEntry::size).sum();
  }
}
