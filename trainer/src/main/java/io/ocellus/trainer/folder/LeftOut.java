package io.ocellus.trainer.folder;

/**
 * An image that is not used.
 *
 * @param image that is not used
 * @param reason for people
 */
public record LeftOut(ImageFile image, String reason) {}
