package io.ocellus.image;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a server's name leads, which is not for the one to say who trusts the name but for whoever
 * answers for it: it must not lead to this machine, nor to what a cloud tells its machines alone.
 * Private networks are fine; that is where image archives are.
 */
final class HostAddresses {
  /** Of Alibaba Cloud, Azure and, by IPv6, AWS; the others' are link-local. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

  private final Resolver resolver;

  /** Looks names up. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  HostAddresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * An address that the host must not lead to, where it does. Hosts that are addresses themselves,
   * and {@code localhost}, were trusted for what they are.
   */
  Optional<InetAddress> forbidden(String host) throws UnknownHostException {
    return isPlain(host)
        ? Optional.empty()
        : Stream.of(resolver.resolve(host)).filter(HostAddresses::isForbidden).findFirst();
  }

  private static boolean isPlain(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+") || host.equalsIgnoreCase("localhost");
  }

  private static boolean isForbidden(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress());
  }
}
