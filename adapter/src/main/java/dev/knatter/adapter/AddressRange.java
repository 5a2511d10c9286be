package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A range of addresses such as {@code 10.0.0.0/8} (RFC 4632 §3.1).
 *
 * @param bits how many bits of {@code network} all its addresses have in common
 */
public record AddressRange(InetAddress network, int bits) {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int IPV6_BITS = 128;

  public AddressRange {
    if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("not a range of addresses");
    }
  }

  /**
   * A range or a single address.
   *
   * @throws IllegalArgumentException where the text is neither
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    InetAddress network = address(first);
    if (network == null) {
      throw new IllegalArgumentException("not an address");
    }
    int length = network.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(network, length);
    }
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8, since such addresses are IPv4 to Java (RFC 4291 §2.5.5.2).
    int mapped = first.indexOf(':') >= 0 ? IPV6_BITS - length : 0;
    return new AddressRange(network, Integer.parseInt(text.substring(slash + 1)) - mapped);
  }

  /** Null where the text is no address. Java alone would also accept 127.1 and 1. */
  static @Nullable InetAddress address(String text) {
    if (text.indexOf(':') < 0 && !DOTTED.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public boolean holds(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = 0xff << Math.max(0, bit + Byte.SIZE - bits);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }
}
