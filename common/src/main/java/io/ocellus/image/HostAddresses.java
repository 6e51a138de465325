package io.ocellus.image;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a server's name leads, which is not for the one to say who trusts the name but for whoever
 * answers for it: it must not lead to this machine, nor to what a cloud tells its machines alone.
 * Private networks are fine; that is where image archives are.
 */
final class HostAddresses {
  /** What is not link-local, as most of them are. */
  private static final Set<InetAddress> METADATA =
      Stream.of(
              "100.100.100.200", // Alibaba Cloud
              "fd00:100::100:200", // Alibaba Cloud
              "168.63.129.16", // Azure
              "192.0.0.192", // Oracle Cloud, the classic one
              "fd00:c1::a9fe:a9fe", // Oracle Cloud
              "fd20:ce::254", // Google Cloud
              "fd00:a9fe:a9fe::1", // Akamai (Linode)
              "fd00:42::42") // Scaleway
          .map(HostAddresses::literal)
          .collect(Collectors.toUnmodifiableSet());

  /** fd00:ec2::/32: AWS's metadata, credentials of pods, DNS and time. */
  private static final byte[] AWS = {(byte) 0xfd, 0x00, 0x0e, (byte) 0xc2};

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
    return Stream.concat(Stream.of(address), EmbeddedIpv4.of(address))
        .anyMatch(HostAddresses::isForbiddenItself);
  }

  private static boolean isForbiddenItself(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || isOfThisNetwork(bytes)
        || METADATA.contains(address)
        || Arrays.equals(bytes, 0, AWS.length, AWS, 0, AWS.length);
  }

  /** 0.0.0.0/8 and ::, of which Linux takes 0.0.0.0 and :: for this machine. */
  private static boolean isOfThisNetwork(byte[] bytes) {
    return bytes.length == 4 ? bytes[0] == 0 : Arrays.equals(bytes, new byte[16]);
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
  }
}
