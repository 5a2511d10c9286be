package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.List;

import dev.knatter.adapter.http.Head;
import org.jspecify.annotations.Nullable;

/**
 * The address of whoever sent a request, as proxies that are trusted tell it. Each adds to {@code X-Forwarded-For} whom it
 * was asked by, so the field is read from its end: the first address that is no such proxy's is the caller's. What
 * stands before it is the caller's own text. A proxy on this machine is always trusted.
 */
final class CallerAddress {
  /** Holds an {@link InetAddress}, which no adapter makes of a field that a caller sent. */
  static final String HEADER = "callerAddress";

  private final List<AddressRange> proxies;

  /** @param proxies whom to trust; none: no address is ever known, because it might be everybody's */
  CallerAddress(List<AddressRange> proxies) {
    this.proxies = proxies;
  }

  /** Null where nobody who is trusted tells it. */
  @Nullable
  InetAddress of(Head head) {
    InetAddress address = proxies.isEmpty() ? null : head.peer();
    String[] forwarded = String.join(",", head.values("X-Forwarded-For")).split(",", -1);
    for (int next = forwarded.length - 1; address != null && isProxy(address); next--) {
      address = next < 0 ? null : parse(forwarded[next].strip());
    }
    return address;
  }

  private boolean isProxy(InetAddress address) {
    return address.isLoopbackAddress() || proxies.stream().anyMatch(range -> range.holds(address));
  }

  private static @Nullable InetAddress parse(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
