package dev.knatter.chat.live;

import java.util.List;

/** The proxies that hold connections for this installation. */
public interface Proxies {
  /** No proxy holds connections. */
  Proxies NONE = new Proxies() {
    @Override
    public boolean exist() {
      return false;
    }

    @Override
    public boolean accept(List<Item> items) {
      return true;
    }
  };

  /**
   * A frame for the connections of a channel.
   *
   * @param frame  a JSON object
   * @param isLast whether the connections end after it
   */
  record Item(String channel, String frame, boolean isLast) {}

  /** Whether there are proxies to tell. */
  boolean exist();

  /** Tells every proxy. False if one of them has not accepted all items: they must be told again, which does no harm. */
  boolean accept(List<Item> items);
}
