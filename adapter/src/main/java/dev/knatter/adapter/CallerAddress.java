package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.List;
import java.util.function.LongSupplier;

import dev.knatter.adapter.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of a request's caller, as trusted proxies report it. Each proxy appends to {@code X-Forwarded-For} or
 * {@code Forwarded} the address that its own request came from, so the field is read from its end: the first address that does
 * not belong to a trusted proxy is the caller's. The entries before it are text that the caller chose. A proxy on this
 * machine is always trusted.
 */
final class CallerAddress {
  /** Its value is an {@link InetAddress}: no adapter makes one of a header field, so a caller cannot set it. */
  static final String HEADER = "callerAddress";

  private final List<AddressRange> proxies;
  private final UnknownCallers unknown;

  /**
   * @param proxies the trusted proxies. Without any no address is ever known, because the peer's may be that of a proxy, and so
   *                everybody's
   * @param nanos   {@link System#nanoTime()}
   */
  CallerAddress(List<AddressRange> proxies, LongSupplier nanos) {
    this.proxies = proxies;
    this.unknown = new UnknownCallers(nanos);
  }

  /** Null where no trusted proxy reports it. If there are trusted proxies, the log warns of that. */
  @Nullable
  InetAddress of(RequestHead head) {
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
