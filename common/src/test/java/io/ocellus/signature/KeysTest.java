package io.ocellus.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final byte[] MESSAGE = "a manifest".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void whatAPrivateKeySignsItsPublicKeyVerifiesAndNoOther() {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));
    SigningKey signing = SigningKey.read(files.privateKey());
    VerificationKey verification = VerificationKey.read(files.publicKey());
    byte[] signature = signing.sign(MESSAGE);

    assertThat(verification.verifies(signature, MESSAGE)).isTrue();
    assertThat(verification.id()).isEqualTo(files.id());
    assertThat(signing.verificationKey().id()).isEqualTo(files.id());
    assertThat(verification.verifies(signature, "a manifesT".getBytes(UTF_8))).isFalse();
    assertThat(verification.verifies(new byte[64], MESSAGE)).isFalse();
    assertThat(verification.verifies(new byte[3], MESSAGE)).isFalse();
    assertThat(SigningKey.generate().verificationKey().verifies(signature, MESSAGE)).isFalse();
  }

  /** The key, message and signature of the second test of RFC 8032, section 7.1. */
  @Test
  void agreesWithThePublishedTestVector() throws Exception {
    Path file = folder.resolve("rfc8032.key");
    Files.writeString(
        file,
        """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
        -----END PRIVATE KEY-----
        """);
    SigningKey key = SigningKey.read(file);

    assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72})))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are POSIX's")
  void thePrivateKeyIsItsOwnersAlone() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.privateKey())))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyIsNeverOverwritten() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));
    String before = Files.readString(files.privateKey());

    assertThatThrownBy(() -> KeyPairFiles.generate(folder.resolve("trainer")))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("trainer.pub is there already");
    Files.delete(files.publicKey());
    assertThatThrownBy(() -> KeyPairFiles.generate(folder.resolve("trainer")))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("trainer.key is there already");
    assertThat(files.privateKey()).hasContent(before);
  }

  @Test
  void aFileThatHoldsSomethingElseIsNamedAndNotShown() throws Exception {
    KeyPairFiles files = KeyPairFiles.generate(folder.resolve("trainer"));
    String secret = Files.readAllLines(files.privateKey()).get(1);

    assertThatThrownBy(() -> VerificationKey.read(files.privateKey()))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("trainer.key holds a PRIVATE KEY, and a PUBLIC KEY is wanted")
        .message()
        .doesNotContain(secret);
    assertThatThrownBy(() -> SigningKey.read(folder.resolve("none.key")))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("none.key cannot be read");
    Path text = Files.writeString(folder.resolve("text.key"), "hello");
    assertThatThrownBy(() -> SigningKey.read(text)).hasMessageContaining("is no PEM file");
    Path broken = Files.writeString(folder.resolve("x.key"), Pem.text("PRIVATE KEY", new byte[9]));
    assertThatThrownBy(() -> SigningKey.read(broken))
        .hasMessageContaining("x.key holds no Ed25519 private key");
  }
}
