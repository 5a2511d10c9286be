package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Addresses that begin alike, as in {@code 10.0.0.0/8} (RFC 4632 §3.1). bits: how many of them are the same. */
public record AddressRange(InetAddress network, int bits) {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int IPV6_BITS = 128;

  public AddressRange {
    if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("not a range of addresses");
    }
  }

  /** @throws IllegalArgumentException where it is none; a single address is one */
  static AddressRange parse(String text) {
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

  /** Null where a text is no address. By itself Java also takes 127.1 and 1, which nobody means. */
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

  boolean holds(InetAddress address) {
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
