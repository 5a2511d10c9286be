package dev.knatter.adapter.stream;

import java.util.List;

/** What is published on a channel, for all connections that are subscribed to it. */
public sealed interface Publication {

  /** Frames to write, in this order. */
  record Frames(List<Frame> frames) implements Publication {
    public Frames {
      frames = List.copyOf(frames);
    }

    public static Frames of(Frame... frames) {
      return new Frames(List.of(frames));
    }
  }

  /** The end of the connections, after their last frames. */
  record End(List<Frame> frames, Close close) implements Publication {
    public End {
      frames = List.copyOf(frames);
    }
  }

  /**
   * Has the function called with {@link StreamEvent.Type#WOKEN}, once for each connection: where frames are too large to be
   * published, or where something may have been published and lost. Only for connections that a process holds; no proxy can be
   * told so. Equal texts that wait for the same connection count as one, and at most 64 wait: whoever publishes wakes again where it
   * must not be lost.
   *
   * @param text what the event's text is to be
   */
  record Wake(String text) implements Publication {}
}
