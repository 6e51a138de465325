package io.ocellus.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where a broker listens on this machine.
 *
 * @param clients for clients
 * @param controller for the broker as its own controller
 * @param internal for the broker as its own client, where its clients must prove who they are
 */
record Ports(int clients, int controller, int internal) {
  /**
   * Free ones.
   *
   * @param wanted for clients; 0 takes a free one
   */
  static Ports free(int wanted) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback);
        ServerSocket three = new ServerSocket(0, 1, loopback)) {
      return new Ports(
          wanted == 0 ? one.getLocalPort() : wanted, two.getLocalPort(), three.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("No free port for the embedded Kafka broker", e);
    }
  }
}
