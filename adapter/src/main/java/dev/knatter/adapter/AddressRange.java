package dev.knatter.adapter;

import java.net.InetAddress;

/** Addresses that begin alike, as in {@code 10.0.0.0/8} (RFC 4632 §3.1). bits: how many of them are the same. */
public record AddressRange(InetAddress network, int bits) {
  public AddressRange {
    if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("not a range of addresses");
    }
  }

  /** @throws IllegalArgumentException where it is none; a single address is one */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      InetAddress one = InetAddress.ofLiteral(text);
      return new AddressRange(one, one.getAddress().length * Byte.SIZE);
    }
    return new AddressRange(InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
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
