package io.ocellus.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code Map<String, String>} component whose keys are somebody else's, such as Kafka's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Passthrough {
  /** What goes in there, and an example. */
  String help();

  /** Defaults as {@code key=value}. */
  String[] byDefault() default {};

  /** What an underscore of an environment variable stands for in the key. */
  String separator() default ".";
}
