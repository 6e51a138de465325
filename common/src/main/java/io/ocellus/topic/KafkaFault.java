package io.ocellus.topic;

import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What Kafka's clients say of a fault, with the settings to look at. */
public final class KafkaFault {
  private KafkaFault() {}

  /** The message of an exception of Kafka's, and what to do where it is known. */
  public static String message(Throwable fault) {
    return fault.getMessage() + remedy(fault);
  }

  private static String remedy(Throwable fault) {
    if (fault instanceof SaslAuthenticationException
        || fault instanceof UnsupportedSaslMechanismException) {
      return "; check user and password in kafka.sasl.jaas.config, and kafka.sasl.mechanism";
    }
    if (fault instanceof SslAuthenticationException) {
      return "; check kafka.security.protocol, and the stores and passwords in kafka.ssl.*";
    }
    if (fault instanceof TimeoutException) {
      return "; check kafka.bootstrap.servers and that Kafka runs there";
    }
    return "";
  }
}
