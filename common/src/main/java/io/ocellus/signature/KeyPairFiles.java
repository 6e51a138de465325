package io.ocellus.signature;

import io.ocellus.service.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
        new KeyPairFiles(sibling(name, ".key"), sibling(name, ".pub"), key.verificationKey().id());
    refuseIfThere(files.publicKey);
    try {
      PrivateFile.create(files.privateKey, key.pem());
      Files.writeString(
          files.publicKey, key.verificationKey().pem(), StandardOpenOption.CREATE_NEW);
      return files;
    } catch (FileAlreadyExistsException e) {
      throw thereAlready(Path.of(e.getFile()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The keys cannot be written to " + name, e);
    }
  }

  private static Path sibling(Path name, String ending) {
    return name.resolveSibling(name.getFileName() + ending);
  }

  private static void refuseIfThere(Path file) {
    if (Files.exists(file)) {
      throw thereAlready(file, null);
    }
  }

  private static KeyFileException thereAlready(Path file, Exception cause) {
    return new KeyFileException(
        "%s is there already, and keys are never overwritten: choose another name".formatted(file),
        cause);
  }
}
