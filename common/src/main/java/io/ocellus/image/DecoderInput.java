package io.ocellus.image;

/**
 * What a decoder gets of an image: its first picture alone, complete, and nothing that the picture
 * does not need, such as comments, texts and whatever follows its end.
 *
 * @param bytes an image of the same format
 * @param bytesPerPixel of the decoded picture, at most
 */
@SuppressWarnings("ArrayRecordComponent")
record DecoderInput(byte[] bytes, int bytesPerPixel) {}
