package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.List;
import java.util.function.LongSupplier;

import dev.knatter.adapter.http.Head;
import org.jspecify.annotations.Nullable;

/**
 * The address of whoever sent a request, as proxies that are trusted tell it. Each adds to {@code X-Forwarded-For} or to
 * {@code Forwarded} whom it was asked by, so the field is read from its end: the first address that is no such proxy's is
 * the caller's. What stands before it is the caller's own text. A proxy on this machine is always trusted.
 */
final class CallerAddress {
  /** Holds an {@link InetAddress}, which no adapter makes of a field that a caller sent. */
  static final String HEADER = "callerAddress";

  private final List<AddressRange> proxies;
  private final UnknownCallers unknown;

  /**
   * @param proxies whom to trust; none: no address is ever known, because it might be everybody's
   * @param nanos   a clock as {@link System#nanoTime()} is one
   */
  CallerAddress(List<AddressRange> proxies, LongSupplier nanos) {
    this.proxies = proxies;
    this.unknown = new UnknownCallers(nanos);
  }

  /** Null where nobody who is trusted tells it; where somebody is trusted, the log says so. */
  @Nullable
  InetAddress of(Head head) {
    InetAddress peer = proxies.isEmpty() ? null : head.peer();
    if (peer == null || !isProxy(peer)) {
      return peer;
    }
    List<String> nodes = ForwardedFor.nodes(head);
    for (String node : nodes.reversed()) {
      InetAddress told = ForwardedFor.address(node);
      if (told == null) {
        unknown.note("an entry of X-Forwarded-For or Forwarded is no address");
        return null;
      }
      if (!isProxy(told)) {
        return told;
      }
    }
    unknown.note(nodes.isEmpty()
        ? "there is neither X-Forwarded-For nor Forwarded"
        : "all addresses in X-Forwarded-For or Forwarded are those of trusted proxies");
    return null;
  }

  private boolean isProxy(InetAddress address) {
    return address.isLoopbackAddress() || proxies.stream().anyMatch(range -> range.holds(address));
  }
}
