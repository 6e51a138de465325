package io.ocellus.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Tells whether a TorchScript archive holds nothing but what {@link TorchScript} writes in float32:
 * one class whose one method is a row of tensor operations, and plain tensors. TorchScript in
 * general is a program, which can loop for ever and read and write files; such a graph, once it has
 * passed, can only compute. What it computes is not looked at, nor whether an older build drew it
 * otherwise.
 */
public final class DeployGraphCheck {
  private static final String SOURCE = "code/__torch__.py";
  private static final String OBJECT = "data.pkl";
  private static final String CONSTANTS = "constants.pkl";
  private static final Set<String> REQUIRED =
      Set.of(SOURCE, OBJECT, CONSTANTS, "byteorder", "version");
  private static final Pattern TENSOR = Pattern.compile("data/\\d{1,6}");

  /** Far beyond any network's text, far below what memory holds. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private DeployGraphCheck() {}

  /**
   * What about the archive is not of this product; empty where nothing is.
   *
   * @throws IOException where it is no archive at all
   */
  public static Optional<String> complaint(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      String folder = entries.isEmpty() ? "" : entries.get(0).getName().replaceFirst("/.*", "/");
      return names(entries, folder)
          .or(() -> content(zip, folder))
          .map("it is not a graph that Ocellus writes: %s"::formatted);
    } catch (UnreadableException e) {
      throw e.cause;
    }
  }

  private static Optional<String> names(List<? extends ZipEntry> entries, String folder) {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : entries) {
      String name =
          entry.getName().startsWith(folder)
              ? entry.getName().substring(folder.length())
              : entry.getName();
      if (!REQUIRED.contains(name) && !TENSOR.matcher(name).matches()) {
        return Optional.of("it has an entry " + printable(name));
      }
      if (!names.add(name)) {
        return Optional.of("it has two entries " + name);
      }
    }
    return names.containsAll(REQUIRED)
        ? Optional.empty()
        : Optional.of("it lacks one of " + REQUIRED);
  }

  private static Optional<String> content(ZipFile zip, String folder) {
    if (!Arrays.equals(read(zip, folder + CONSTANTS), TorchPickle.emptyTuple())) {
      return Optional.of("it has constants");
    }
    return DeployPickleCheck.complaint(read(zip, folder + OBJECT))
        .or(
            () ->
                DeploySourceCheck.complaint(
                    new String(read(zip, folder + SOURCE), StandardCharsets.UTF_8)));
  }

  private static byte[] read(ZipFile zip, String name) {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ZipException("%s has more than %d bytes".formatted(name, MOST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
  }

  /** Text of somebody else's for a log. */
  static String printable(String text) {
    return text.substring(0, Math.min(80, text.length())).replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IOException cause;

    private UnreadableException(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
