package dev.knatter.adapter.stream;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where the connections that this process holds get what is published. Implemented outside of the adapter, over any broker. Many
 * connections subscribe to the same channel, and a connection to a few.
 */
public interface Channels {

  /**
   * The names of channels: letters, digits and {@code : . _ ~ -}, at most 128. A header field carries them to a proxy.
   */
  Pattern NAME = Pattern.compile("[A-Za-z0-9:._~-]{1,128}");

  /** A connection's place in a channel. */
  interface Subscription extends AutoCloseable {
    /** Ends it. May block for a short time. A second call does nothing. */
    @Override
    void close();
  }

  /**
   * Subscribes, and returns when it is in effect: whatever is published later reaches the receiver, as far as the broker keeps
   * its promises. Called on a virtual thread, so it may block. Where the broker is away it either throws, and then the
   * connection ends with 1013 (or 503 at its opening), or it returns and has the receiver woken regularly
   * ({@link Publication.Wake}) until the broker is back.
   *
   * @param channel  a {@link #NAME}
   * @param receiver takes what is published, in order, from any one thread at a time. It never blocks and never throws
   * @throws RuntimeException where it cannot subscribe
   */
  Subscription subscribe(String channel, Consumer<Publication> receiver);

  /** @throws IllegalArgumentException where it is no name of a channel */
  static void requireName(String channel) {
    if (!NAME.matcher(channel).matches()) {
      throw new IllegalArgumentException("Not a name of a channel");
    }
  }
}
