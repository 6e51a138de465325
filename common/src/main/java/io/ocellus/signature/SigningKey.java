package io.ocellus.signature;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** A private Ed25519 key (RFC 8032) and the public one that belongs to it. */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";
  static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final VerificationKey verification;

  private SigningKey(PrivateKey key, PublicKey verification) {
    this.key = key;
    this.verification = new VerificationKey(verification);
  }

  static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, e);
    }
  }

  /**
   * Reads a PEM file as {@code ocellus keys generate} and {@code openssl genpkey -algorithm
   * ed25519} write it: PKCS#8, without a password.
   *
   * @throws KeyFileException where the file holds no such key
   */
  public static SigningKey read(Path file) {
    byte[] der = Pem.read(file, LABEL);
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
      SigningKey signing = new SigningKey(key, publicOf((EdECPrivateKey) key));
      if (signing.verification.verifies(signing.sign(der), der)) {
        return signing;
      }
      throw new IllegalStateException("This Java finds no public key to a private one");
    } catch (GeneralSecurityException e) {
      throw new KeyFileException("%s holds no Ed25519 private key".formatted(file), e);
    }
  }

  /** The key that verifies what this one signs. */
  public VerificationKey verificationKey() {
    return verification;
  }

  /** The signature of those bytes; the same bytes give the same signature. */
  public byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot sign with " + ALGORITHM, e);
    }
  }

  /** As text for a file that nobody else may read. */
  String pem() {
    return Pem.text(LABEL, key.getEncoded());
  }

  /** Java derives a public key only when it generates: from the random bytes that it is given. */
  private static PublicKey publicOf(EdECPrivateKey key) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(255, new Given(key.getBytes().orElseThrow()));
    return generator.generateKeyPair().getPublic();
  }

  /** Random bytes that are none. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] given;

    private Given(byte[] given) {
      this.given = given;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(given, 0, bytes, 0, bytes.length);
    }
  }
}
