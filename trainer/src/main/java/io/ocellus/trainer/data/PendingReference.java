package io.ocellus.trainer.data;

/**
 * A labelled image whose reference led nowhere, to be fetched again.
 *
 * @param entry what its record said
 * @param reference its {@code ce_dataref}
 */
record PendingReference(String id, ImageEntry entry, String reference) {}
