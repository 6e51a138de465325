package io.ocellus.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "::1, loopback",
    "0.0.0.0, this machine on Linux",
    "0.1.2.3, this network",
    "::, this machine on Linux",
    "169.254.169.254, link-local: most clouds' metadata",
    "169.254.170.2, link-local: AWS's credentials of tasks",
    "169.254.0.23, link-local: Tencent Cloud",
    "169.254.42.42, link-local: Scaleway",
    "fe80::1, link-local",
    "fe80::a9fe:a9fe, link-local: OpenStack",
    "224.0.0.1, multicast",
    "ff02::1, multicast",
    "100.100.100.200, Alibaba Cloud",
    "fd00:100::100:200, Alibaba Cloud",
    "168.63.129.16, Azure",
    "192.0.0.192, Oracle Cloud's classic one",
    "fd00:c1::a9fe:a9fe, Oracle Cloud",
    "fd00:ec2::254, AWS",
    "fd00:ec2::23, AWS's credentials of pods",
    "fd20:ce::254, Google Cloud",
    "fd00:a9fe:a9fe::1, Akamai",
    "fd00:42::42, Scaleway",
    "::ffff:169.254.169.254, IPv4-mapped",
    "::ffff:127.0.0.1, IPv4-mapped",
    "::ffff:100.100.100.200, IPv4-mapped",
    "::127.0.0.1, IPv4-compatible",
    "::169.254.169.254, IPv4-compatible",
    "::ffff:0:169.254.169.254, IPv4-translated",
    "64:ff9b::169.254.169.254, NAT64",
    "64:ff9b::127.0.0.1, NAT64",
    "64:ff9b::0.0.0.0, NAT64",
    "64:ff9b::224.0.0.1, NAT64",
    "64:ff9b::168.63.129.16, NAT64",
    "64:ff9b:1::169.254.169.254, NAT64 of local use /96",
    "64:ff9b:1:ffff:ffff:ffff:169.254.169.254, NAT64 of local use /96",
    "64:ff9b:1:a9fe:a9:fe00::, NAT64 of local use /48",
    "64:ff9b:1:ffa9:fe:a9fe::, NAT64 of local use /56",
    "64:ff9b:1:ffff:a9:fea9:fe00:0, NAT64 of local use /64",
    "2002:7f00:1::, 6to4",
    "2002:a9fe:a9fe::1, 6to4",
    "2002:6464:64c8:1:2:3:4:5, 6to4",
    "2001:0:a9fe:a9fe::, Teredo's server",
    "2001:0:102:304:0:0:5601:5601, Teredo's client",
    "2001:0:102:304:8000:1234:80ff:fffe, Teredo's client",
    "2001:db8::5efe:169.254.169.254, ISATAP",
    "2001:db8::200:5efe:127.0.0.1, ISATAP",
    "fd12:3456::5efe:168.63.129.16, ISATAP"
  })
  void aNameMustNotLeadThere(String address, String because) throws Exception {
    assertThat(forbidden(address)).as(because).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, private network",
    "172.16.0.1, private network",
    "192.168.178.20, private network",
    "100.64.0.1, of a carrier",
    "fd12:3456:789a::1, unique local",
    "fec0::1, site-local",
    "93.184.216.34, public",
    "2600:1406::1, public",
    "2001:db8::1, of documentation",
    "2001:4860::8888, public and no Teredo",
    "::ffff:10.1.2.3, IPv4-mapped",
    "64:ff9b::10.1.2.3, NAT64",
    "64:ff9b::93.184.216.34, NAT64",
    "64:ff9b:1::10.1.2.3, NAT64 of local use /96",
    "64:ff9b:1:0a01:2:300::, NAT64 of local use /48",
    "64:ff9b:1:ff0a:1:203::, NAT64 of local use /56",
    "64:ff9b:1:ffff:a:102:300:0, NAT64 of local use /64",
    "64:ff9b:1:ffff:a:102:7f00:0, NAT64 of local use /64 whose last byte is 127",
    "2002:a01:203::1, 6to4",
    "2001:db8::5efe:10.1.2.3, ISATAP"
  })
  void aNameMayLeadThere(String address, String because) throws Exception {
    assertThat(forbidden(address)).as(because).isFalse();
  }

  private static boolean forbidden(String address) throws Exception {
    HostAddresses addresses = new HostAddresses(host -> InetAddress.getAllByName(address));
    return addresses.forbidden("pacs.example").isPresent();
  }
}
