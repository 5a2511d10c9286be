package dev.knatter.chat.limit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The network of a caller, by which limits count: an IPv4 address, or the first 56 bits of an IPv6 address. A home or
 * a small site gets such a prefix and can change the other bits at will (RFC 6177 §2).
 *
 * @param text names the network in keys
 */
public record Network(String text) {
  private static final int PREFIX_BYTES = 7;

  public static Network of(InetAddress address) {
    return address instanceof Inet4Address
        ? new Network(address.getHostAddress())
        : new Network(HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_BYTES));
  }
}
