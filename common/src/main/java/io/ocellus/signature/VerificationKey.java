package io.ocellus.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** A public Ed25519 key (RFC 8032): whatever its owner has signed is taken for theirs. */
public final class VerificationKey {
  static final String LABEL = "PUBLIC KEY";
  private static final int ID_BYTES = 8;

  private final PublicKey key;

  VerificationKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a PEM file as {@code ocellus keys generate} and {@code openssl pkey -pubout} write it.
   *
   * @throws KeyFileException where the file holds no such key
   */
  public static VerificationKey read(Path file) {
    byte[] der = Pem.read(file, LABEL);
    try {
      return new VerificationKey(
          KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new KeyFileException("%s holds no Ed25519 public key".formatted(file), e);
    }
  }

  /**
   * Names the key: the first 16 hexadecimal digits of the SHA-256 of its DER form, as {@code
   * openssl pkey -pubin -in FILE -outform der | sha256sum} prints them.
   */
  public String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether that can be the name of a key. */
  public static boolean isId(String text) {
    return text.matches("[0-9a-f]{%d}".formatted(2 * ID_BYTES));
  }

  /** Whether the owner of this key has signed exactly those bytes. */
  public boolean verifies(byte[] signature, byte[] message) {
    try {
      Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot verify " + SigningKey.ALGORITHM, e);
    }
  }

  /** As text for a file. */
  String pem() {
    return Pem.text(LABEL, key.getEncoded());
  }
}
