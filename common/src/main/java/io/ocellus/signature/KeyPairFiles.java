package io.ocellus.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A new pair of keys in two PEM files.
 *
 * @param privateKey what a trainer signs with; readable by its owner alone
 * @param publicKey what inferencers verify with
 * @param id of the pair, see {@link VerificationKey#id}
 */
public record KeyPairFiles(Path privateKey, Path publicKey, String id) {
  /**
   * Generates a pair and writes it to {@code NAME.key} and {@code NAME.pub}.
   *
   * @throws KeyFileException where either is there already: a key is never overwritten
   */
  public static KeyPairFiles generate(Path name) {
    SigningKey key = SigningKey.generate();
    KeyPairFiles files =
        new KeyPairFiles(
            sibling(name, ".key"), sibling(name, ".pub"), key.verificationKey().id());
    refuseIfThere(files.publicKey);
    write(files.privateKey, key.pem(), "rw-------");
    write(files.publicKey, key.verificationKey().pem(), "rw-r--r--");
    return files;
  }

  private static Path sibling(Path name, String ending) {
    return name.resolveSibling(name.getFileName() + ending);
  }

  private static void refuseIfThere(Path file) {
    if (Files.exists(file)) {
      throw thereAlready(file, null);
    }
  }

  private static void write(Path file, String text, String permissions) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw thereAlready(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The key cannot be written to " + file, e);
    }
  }

  private static KeyFileException thereAlready(Path file, Exception cause) {
    return new KeyFileException(
        "%s is there already, and keys are never overwritten: choose another name".formatted(file),
        cause);
  }
}
