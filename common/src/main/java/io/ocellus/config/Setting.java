package io.ocellus.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one setting on a component of a configuration record: the single home of its name (the
 * component's, in kebab-case), type, default and explanation. The loader and {@code
 * docs/configuration.md} are made from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /**
   * The value where no source gives one, as it would stand in YAML; a comma-separated list for
   * lists.
   */
  String byDefault();

  /** The smallest value allowed of a number or a duration, as it would stand in YAML. */
  String min() default "";

  /** The largest value allowed. */
  String max() default "";

  /** What it does, its unit and when to change it. */
  String help();
}
