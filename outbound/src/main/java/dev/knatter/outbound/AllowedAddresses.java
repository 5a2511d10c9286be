package dev.knatter.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.adapter.AddressRange;
import dev.knatter.shared.Env;

/**
 * The addresses that the product may call: those of the public internet, except the cluster's own.
 *
 * @param cluster  ranges that belong to the cluster, although they may be public
 * @param loopback whether the product may also call this machine, for development
 */
record AllowedAddresses(List<AddressRange> cluster, boolean loopback) {
  private static final int IPV4_BYTES = 4;

  /**
   * The IPv4 addresses that are not public: the special-purpose registry of IANA (RFC 6890), multicast, and an address at
   * which one cloud has its metadata.
   */
  private static final List<AddressRange> IPV4 = ranges("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
      "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
      "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
      "168.63.129.16/32");

  /**
   * All public addresses of IPv6 are in this range (RFC 4291 §2.4). Loopback, private, link-local, multicast and
   * IPv4-compatible addresses and NAT64 are not.
   */
  private static final AddressRange IPV6_UNICAST = AddressRange.parse("2000::/3");

  /** The addresses in that range that are not public: Teredo and other protocols, 6to4, and two ranges for documentation. */
  private static final List<AddressRange> IPV6 = ranges("2001::/23", "2002::/16", "2001:db8::/32",
      "3fff::/20");

  private static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

  AllowedAddresses {
    cluster = List.copyOf(cluster);
  }

  /** Reads KNATTER_CLUSTER_RANGES: addresses and ranges, separated by commas. */
  static AllowedAddresses from(Env env, boolean loopback) {
    String name = "KNATTER_CLUSTER_RANGES";
    try {
      return new AllowedAddresses(Stream.of(env.get(name, "").split(","))
        .map(String::strip)
        .filter(range -> !range.isEmpty())
        .map(AddressRange::parse)
        .toList(), loopback);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(name + " must be addresses and ranges, such as 10.0.0.0/8.", e);
    }
  }

  /** Whether the product may call an address. Java reads an IPv4 address in IPv6 form (::ffff:10.0.0.1) as IPv4. */
  boolean contains(InetAddress address) {
    if (loopback && holds(LOOPBACK, address)) {
      return true;
    }
    boolean isPublic = address.getAddress().length == IPV4_BYTES
        ? !holds(IPV4, address)
        : IPV6_UNICAST.holds(address) && !holds(IPV6, address);
    return isPublic && !holds(cluster, address);
  }

  private static boolean holds(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.holds(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }
}
