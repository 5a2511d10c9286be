package dev.knatter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Map;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedAddressesTest {
  private static final AllowedAddresses ALLOWED = AllowedAddresses
    .from(Env.of(Map.of("KNATTER_CLUSTER_RANGES", "11.0.0.0/8, 2600:1f00::/24,12.34.56.78")), false);
  private static final AllowedAddresses DEVELOPMENT = AllowedAddresses.from(Env.of(Map.of()), true);

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "12.34.56.77", "100.63.255.255",
      "100.128.0.0",
      "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0",
      "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15",
      "2606:4700:4700::1111", "2a00:1450:4001:80e::200e", "2400:cb00::1", "3ffe::1"})
  void publicAddress_mayBeCalled(String address) {
    assertThat(ALLOWED.contains(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      // this host, private, shared, loopback, link-local with metadata, IETF protocols, documentation, benchmarks
      "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
      "127.0.0.1", "127.255.255.255", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255",
      "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
      "198.51.100.1", "203.0.113.1", "168.63.129.16",
      // multicast, reserved, broadcast
      "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
      // the same for IPv6, and IPv6 addresses that hold an IPv4 address
      "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
      "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::",
      "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::", "3fff::1",
      "5f00::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
      // the cluster's own addresses
      "11.1.2.3", "12.34.56.78", "2600:1f00::1", "2600:1fff::1"})
  void anyOther_mayNot(String address) {
    assertThat(ALLOWED.contains(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void inDevelopment_thisMachineMayBeCalledAndNothingElseOfInside() {
    assertThat(DEVELOPMENT.contains(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    assertThat(DEVELOPMENT.contains(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(DEVELOPMENT.contains(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    assertThat(DEVELOPMENT.contains(InetAddress.ofLiteral("169.254.169.254"))).isFalse();
    assertThat(DEVELOPMENT.contains(InetAddress.ofLiteral("fd00::1"))).isFalse();
  }

  @Test
  void rangesThatAreNone_stopTheStart() {
    assertThatThrownBy(
        () -> AllowedAddresses.from(Env.of(Map.of("KNATTER_CLUSTER_RANGES", "10.0.0.0/8,pods")), false))
      .hasMessageContaining("KNATTER_CLUSTER_RANGES");
  }
}
