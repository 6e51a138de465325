package io.ocellus.failure;

import java.util.Locale;

/**
 * Everything that can be wrong with one image record. It is the {@code reason} tag of the
 * dead-letter metric, the {@code ocellus_reason} header of the dead letter and a row of {@code
 * docs/failures.md}.
 */
public enum FailureReason {
  EMPTY("The record has neither bytes nor a ce_dataref header.", "Send the image as the value."),
  NAME_TOO_LONG(
      "The record's key or its ce_id has more than 16 KiB; a result repeats both.",
      "Name devices and images shortly."),
  TOO_LARGE_BYTES(
      "The image has more bytes than image.max-bytes.", "Send it smaller, or raise the limit."),
  TOO_MANY_PIXELS(
      "The image's header announces more pixels than image.max-pixels, a side of more than 65,535 pixels, or more than 4 bytes per pixel and more than 4 x image.max-pixels bytes in all; it was not decoded.",
      "Send it smaller, or raise the limit."),
  UNSUPPORTED_FORMAT(
      "The bytes are not JPEG, PNG, GIF, BMP, TIFF or WebP.", "Check what the device sends."),
  UNDECODABLE(
      "The bytes begin like an image but cannot be decoded: truncated or corrupt.",
      "Check the device and the way to the topic."),
  TOO_SLOW(
      "Decoding the image took longer than image.max-decode-time allows.",
      "Send it smaller or in another format; raise image.max-decode-time where the processor is slow."),
  OUT_OF_MEMORY(
      "Decoding the image ran out of memory although no other image was being decoded and the heap had what image.max-pixels needs.",
      "Send it smaller or in another format; if it must be accepted, give the service more heap."),
  SUSPECT(
      "The process died twice while these bytes were being decoded; they are not decoded again.",
      "Find out how the process ended and how to retry the image: runbook, Dead letters with the reason suspect."),
  REFERENCE_REFUSED(
      "The ce_dataref URI lies under none of the prefixes in image.references.",
      "Add its prefix to image.references if it is to be trusted."),
  REFERENCE_MISSING(
      "There is nothing at the ce_dataref URI that may be read.",
      "Check that the file or server is there and readable from the service."),
  REFERENCE_UNAVAILABLE(
      "The server or disk of the ce_dataref URI did not give it within image.reference-patience, though tried again.",
      "Look after that server or disk, then send the image again."),
  NO_LABEL(
      "A labelled image has no ocellus_label header.", "Send the header with the image's class."),
  UNKNOWN_SPLIT(
      "A labelled image's ocellus_split header is none of train, test and val.",
      "Correct the header, or leave it out."),
  FORWARD_FAILED(
      "The network failed on this image alone, though not on its neighbours.",
      "Look at the message; send the image again once it is fixed.");

  private final String description;
  private final String remedy;

  FailureReason(String description, String remedy) {
    this.description = description;
    this.remedy = remedy;
  }

  /** The value of metric tags and headers: lower case, words joined by hyphens. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happened, for people. */
  public String description() {
    return description;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
