package io.ocellus.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
  @Test
  void aCloudEventCarriesItsFiveHeadersAndItsContentType() {
    Headers headers =
        EventHeaders.cloudEvent(
            "7",
            "/devices/camera-1",
            "io.ocellus.image",
            Instant.parse("2026-01-02T03:04:05Z"),
            "image/jpeg");

    assertThat(EventHeaders.text(headers, "ce_specversion")).contains("1.0");
    assertThat(EventHeaders.text(headers, "ce_id")).contains("7");
    assertThat(EventHeaders.text(headers, "ce_source")).contains("/devices/camera-1");
    assertThat(EventHeaders.text(headers, "ce_type")).contains("io.ocellus.image");
    assertThat(EventHeaders.text(headers, "ce_time")).contains("2026-01-02T03:04:05Z");
    assertThat(EventHeaders.text(headers, "content-type")).contains("image/jpeg");
  }

  @Test
  void aRecordWithoutHeadersIsKnownByWhereItLies() {
    assertThat(EventHeaders.id(new RecordHeaders(), "ocellus.images", 3, 12))
        .isEqualTo("ocellus.images-3-12");
  }

  @Test
  void aHeaderWithoutValueCountsAsAbsent() {
    Headers headers = new RecordHeaders().add("ce_id", null);

    assertThat(EventHeaders.text(headers, "ce_id")).isEmpty();
    assertThat(EventHeaders.id(headers, "t", 0, 1)).isEqualTo("t-0-1");
  }

  @Test
  void theLastHeaderOfANameCounts() {
    Headers headers = new RecordHeaders().add("a", new byte[] {'1'}).add("a", new byte[] {'2'});

    assertThat(EventHeaders.text(headers, "a")).contains("2");
    assertThat(EventHeaders.set(headers, "a", "3").headers("a")).hasSize(1);
  }
}
