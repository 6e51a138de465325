package io.ocellus.image.hostile;

import java.util.function.BiConsumer;

/**
 * One way to make an image worse.
 *
 * @param name for reports
 * @param change what it does to the parsed image
 */
record Operator<T>(String name, BiConsumer<T, Dice> change) {}
