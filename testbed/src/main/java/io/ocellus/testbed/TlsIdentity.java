package io.ocellus.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collection;
import java.util.List;

/**
 * A key and its certificate, signed by itself, in a PKCS#12 file that the JDK's keytool made.
 *
 * @param name the certificate's common name
 * @param file the key store
 */
record TlsIdentity(String name, Path file) {
  static final String TYPE = "PKCS12";
  static final String PASSWORD = "of-this-test-alone";

  /** A fresh one, valid for this machine's loopback address. */
  static TlsIdentity generate(Path folder, String name) {
    Path file = folder.resolve(name + ".p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            TYPE,
            "-storepass",
            PASSWORD,
            "-alias",
            name,
            "-dname",
            "CN=" + name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost"));
    return new TlsIdentity(name, file);
  }

  /** A trust store of these certificates. */
  static Path trusting(Path file, Collection<TlsIdentity> identities) {
    try {
      KeyStore trust = KeyStore.getInstance(TYPE);
      trust.load(null, null);
      for (TlsIdentity identity : identities) {
        KeyStore own = KeyStore.getInstance(identity.file.toFile(), PASSWORD.toCharArray());
        trust.setCertificateEntry(identity.name, own.getCertificate(identity.name));
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        trust.store(out, PASSWORD.toCharArray());
      }
      return file;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No trust store can be made", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The trust store cannot be written to " + file, e);
    }
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("keytool cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while keytool ran", e);
    }
  }
}
