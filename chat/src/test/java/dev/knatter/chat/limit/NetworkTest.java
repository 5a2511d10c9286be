package dev.knatter.chat.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;

final class NetworkTest {
  private static Network of(String address) {
    return Network.of(InetAddress.ofLiteral(address));
  }

  @Test
  void ipv4Addresses_areEachTheirOwn() {
    assertThat(of("192.0.2.1")).isEqualTo(of("::ffff:192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
  }

  @Test
  void ipv6Addresses_thatBeginAlike_areOne() {
    assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:ff:ffff:ffff:ffff:ffff"))
      .isNotEqualTo(of("2001:db8:1:100::1"));
  }
}
