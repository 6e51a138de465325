package io.ocellus.image;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The IPv4 addresses that an IPv6 address may be translated or tunnelled to: a network with NAT64,
 * 6to4, Teredo or ISATAP delivers packets for the one to the other. Where a prefix allows several
 * readings (RFC 6052), each counts.
 */
final class EmbeddedIpv4 {
  /** In hexadecimal digits, two to a byte; the groups together are the IPv4 address. */
  private static final List<Pattern> FORMS =
      Stream.of(
              "0{24}(.{8})", // IPv4-compatible, RFC 4291
              "0{20}ffff(.{8})", // IPv4-mapped, RFC 4291
              "0{16}ffff0000(.{8})", // IPv4-translated, RFC 2765
              "0064ff9b0{16}(.{8})", // NAT64, RFC 6052
              "0064ff9b0001(.{4})00(.{4})0{10}", // local-use NAT64, RFC 8215: /48
              "0064ff9b0001..(..)00(.{6})0{8}", // /56
              "0064ff9b0001.{4}00(.{8})0{6}", // /64
              "0064ff9b0001.{12}((?!..0{6}).{8})", // /96
              "2002(.{8}).{20}", // 6to4, RFC 3056
              "20010000(.{8}).{16}", // Teredo's server, RFC 4380
              ".{16}0[02]005efe(.{8})") // ISATAP, RFC 5214
          .map(Pattern::compile)
          .toList();

  /** Teredo's client, of which every bit is inverted. */
  private static final Pattern INVERTED = Pattern.compile("20010000.{16}(.{8})");

  private EmbeddedIpv4() {}

  /** All of them; none for an IPv4 address. */
  static Stream<InetAddress> of(InetAddress address) {
    String hex = HexFormat.of().formatHex(address.getAddress());
    Stream<String> plain =
        FORMS.stream().flatMap(form -> form.matcher(hex).results()).map(EmbeddedIpv4::groups);
    Stream<String> inverted =
        INVERTED.matcher(hex).results().map(EmbeddedIpv4::groups).map(EmbeddedIpv4::invert);
    return Stream.concat(plain, inverted).map(EmbeddedIpv4::parse);
  }

  private static String groups(MatchResult match) {
    StringBuilder groups = new StringBuilder();
    for (int i = 1; i <= match.groupCount(); i++) {
      groups.append(match.group(i));
    }
    return groups.toString();
  }

  private static String invert(String hex) {
    return HexFormat.of().toHexDigits(~HexFormat.fromHexDigits(hex));
  }

  private static InetAddress parse(String hex) {
    try {
      return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
