package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPrefixTest {
  private final HttpPrefix prefix = new HttpPrefix(URI.create("https://pacs.example/images"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://pacs.example/images/a.png",
        "https://PACS.example:443/images/2026/a%20b.png?x=1&y=%2e%2e",
        "HTTPS://pacs.example/images/..a/b..png"
      })
  void coversWhatLiesBelow(String uri) {
    assertThat(prefix.covers(URI.create(uri))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pacs.example/images/a.png",
        "https://pacs.example:8443/images/a.png",
        "https://pacs.example.evil/images/a.png",
        "https://evil/https://pacs.example/images/a.png",
        "https://pacs.example@evil/images/a.png",
        "https://user:secret@pacs.example/images/a.png",
        "https://pacs.example/images-secret/a.png",
        "https://pacs.example/Images/a.png",
        "https://pacs.example/images/../secret",
        "https://pacs.example/images/%2e%2e/secret",
        "https://pacs.example/images/%252e%252e/secret",
        "https://pacs.example/images/..%2fsecret",
        "https://pacs.example/images/..%5csecret",
        "https://pacs.example/images/..;x/secret",
        "https://pacs.example/images/./a.png",
        "https://pacs.example//images/a.png",
        "https://pacs.example/images/a%00.png",
        "https://pacs.example/images/a.png#part",
        "https://pacs.example",
        "https:pacs.example/images/a.png",
        "file:///images/a.png",
        "//pacs.example/images/a.png"
      })
  void refusesWhatLiesElsewhereOrIsAmbiguous(String uri) {
    assertThat(prefix.covers(URI.create(uri))).isFalse();
  }

  @Test
  void aBareServerCoversAllOfIt() {
    HttpPrefix server = new HttpPrefix(URI.create("http://pacs.example"));

    assertThat(server.covers(URI.create("http://pacs.example/a"))).isTrue();
    assertThat(server.covers(URI.create("http://pacs.example:80/a/b"))).isTrue();
    assertThat(server.covers(URI.create("http://pacs.example.evil/a"))).isFalse();
  }

  @Test
  void aPrefixWithMoreThanServerAndPathIsRefused() {
    assertThatThrownBy(() -> new HttpPrefix(URI.create("https://me@pacs.example/")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HttpPrefix(URI.create("https:///images")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
