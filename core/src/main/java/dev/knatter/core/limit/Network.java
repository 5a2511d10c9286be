package dev.knatter.core.limit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where a request comes from, as far as limits tell callers apart: an IPv4 address, or the first half of an IPv6
 * address, since whoever has one of those has all 2^64 that begin like it (RFC 6177 §2).
 *
 * @param text names it in keys
 */
public record Network(String text) {
  private static final int HALF = 8;

  public static Network of(InetAddress address) {
    return address instanceof Inet4Address
        ? new Network(address.getHostAddress())
        : new Network(HexFormat.of().formatHex(address.getAddress(), 0, HALF));
  }
}
