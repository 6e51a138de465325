package io.ocellus.testbed;

/** A real Kafka broker for a test, which can be taken away and brought back. */
public interface Broker extends AutoCloseable {
  /**
   * A fresh one on a free port: in this JVM; or in a container of the public image, where the
   * system property {@code ocellus.test.kafka} is {@code container} (Maven's profile {@code
   * docker}).
   */
  static Broker start() {
    return "container".equals(System.getProperty("ocellus.test.kafka"))
        ? ContainerKafka.begin()
        : EmbeddedKafka.start();
  }

  /** What clients connect to, such as {@code 127.0.0.1:39092}. */
  String bootstrapServers();

  /** Takes the broker away; its data stays for {@link #restart}. */
  void stop();

  /** Brings the broker back on the same port with the same data; stops it first if it runs. */
  void restart();

  /** Stops the broker and deletes its data. */
  @Override
  void close();
}
