package io.ocellus.cli.data.clean;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A CSV file (RFC 4180) of what goes. It is on the disk before anything goes. */
final class RemovalList {
  private RemovalList() {}

  /** Writes a new file and returns once the disk has it. */
  static void write(Path file, List<Removal> removals) throws IOException {
    String text =
        "file,reason,detail\r\n"
            + removals.stream()
                .map(r -> row(r.id(), r.reason(), r.detail()))
                .collect(Collectors.joining());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static String row(String... cells) {
    return Stream.of(cells)
            .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","))
        + "\r\n";
  }
}
