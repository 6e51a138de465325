package io.ocellus.image.guard;

/**
 * What is done with one image.
 *
 * @param <T> what becomes of it
 * @param <E> what is thrown where the image is bad
 */
@FunctionalInterface
public interface Work<T, E extends Exception> {
  T run(Budget budget) throws E;
}
