package dev.knatter.publishing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.GripPublisher;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.chat.live.Proxies;
import dev.knatter.shared.Env;
import org.jspecify.annotations.Nullable;

/**
 * Tells the GRIP proxies that KNATTER_GRIP names. It makes its HTTP client with the first frame, so that the client does not slow
 * down the first answer of the process.
 */
final class GripProxies implements Proxies, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final List<URI> addresses;
  private @Nullable GripPublisher publisher;

  private GripProxies(List<URI> addresses) {
    this.addresses = addresses;
  }

  /** Reads KNATTER_GRIP: control addresses, separated by commas; each name stands for all of its addresses. */
  static Optional<GripProxies> from(Env env) {
    return env.find("KNATTER_GRIP").map(text -> new GripProxies(addresses(text)));
  }

  private static List<URI> addresses(String text) {
    try {
      List<URI> addresses = GripPublisher.parse(text);
      if (!addresses.isEmpty()) {
        return addresses;
      }
    } catch (IllegalArgumentException e) {
      // the code below refuses it
    }
    throw new IllegalArgumentException(
        "KNATTER_GRIP must be addresses such as http://pushpin-control:5561/publish/, separated by commas.");
  }

  @Override
  public boolean exist() {
    return true;
  }

  @Override
  public boolean accept(List<Item> items) {
    return publisher().publish(items.stream().map(GripProxies::item).toList());
  }

  private synchronized GripPublisher publisher() {
    if (publisher == null) {
      publisher = new GripPublisher(addresses, TIMEOUT);
    }
    return publisher;
  }

  private static GripPublisher.Item item(Item item) {
    Frame frame = Frame.of(item.frame());
    return new GripPublisher.Item(item.channel(), item.isLast()
        ? new Publication.End(List.of(frame), Close.NORMAL)
        : Publication.Frames.of(frame));
  }

  @Override
  public synchronized void close() {
    if (publisher != null) {
      publisher.close();
    }
  }
}
