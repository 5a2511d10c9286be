package dev.knatter.chat.limit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where a request comes from, as far as limits tell callers apart: an IPv4 address, or the first 56 bits of an
 * IPv6 address: that much a home or a small site gets, and can change the rest at will (RFC 6177 §2).
 *
 * @param text names it in keys
 */
public record Network(String text) {
  private static final int PREFIX_BYTES = 7;

  public static Network of(InetAddress address) {
    return address instanceof Inet4Address
        ? new Network(address.getHostAddress())
        : new Network(HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES));
  }
}
