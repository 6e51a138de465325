package io.ocellus.image;

import java.net.URI;
import java.time.Duration;

/**
 * A place from which the bytes of a claim check ({@code ce_dataref}) can be fetched. An instance is
 * bound to one configured prefix and reads nothing outside of it.
 *
 * <p>Adding one is a class and a line in {@link ImageSourceCatalog}.
 */
interface ImageSource {
  /**
   * Whether this URI, once normalised, lies under the prefix. Called before anything is touched, so
   * that a refused URI tells its sender nothing about what exists.
   */
  boolean allows(URI uri);

  /**
   * The bytes there, at most as many as allowed.
   *
   * @param uri one that {@link #allows} accepted
   * @param within how long it may take
   * @throws UnavailableException where trying again may help
   */
  byte[] read(URI uri, Duration within) throws BadImageException, UnavailableException;
}
