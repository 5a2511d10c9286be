package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.client.http.ServerClock;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.Page;

/** How far a following is. It outlives connections, and is used by one thread. */
final class Progress {
  private final Listener listener;
  private final ServerClock clock;
  private final Seen seen = new Seen();
  private final Gaps gaps;
  private volatile String cursor;

  /** @param own the clock of this machine */
  Progress(Listener listener, ServerClock clock, Clock own, String cursor) {
    this.listener = listener;
    this.clock = clock;
    this.gaps = new Gaps(own);
    this.cursor = cursor;
  }

  String cursor() {
    return cursor;
  }

  /** A method of the listener has failed, which is not a failure of the connection. */
  static final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    ListenerException(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }

    RuntimeException failure() {
      return failure;
    }
  }

  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw new ListenerException(e);
    }
  }

  void connected(Way way) {
    tell(() -> listener.connected(way));
  }

  void disconnected(String reason) {
    tell(() -> listener.disconnected(reason));
  }

  /** Takes a frame, and tells the listener. */
  void take(Frame frame) {
    if (!frame.is(Frame.HELLO) && frame.epoch() != null && frame.sequence() != null) {
      gaps.heard(frame.epoch(), frame.sequence());
    }
    switch (frame.type()) {
      case Frame.HELLO -> {
        gaps.begin(frame.epoch(), frame.sequence());
        if (frame.serverTime() != null) {
          clock.observe(frame.serverTime());
        }
      }
      case Frame.SYNC -> {
        if (frame.cursor() != null) {
          moveTo(frame.cursor());
        }
      }
      case "message", "edited", "deleted", "reaction" -> changed(frame);
      case "read", "conversation", "typing", "presence" -> hint(frame);
      default -> {
        // A type that this library does not know.
      }
    }
  }

  /**
   * Whether something is missing, which a reading from the cursor brings. It is said once, with the listener told, and once more some
   * seconds later.
   */
  boolean readingIsDue() {
    if (gaps.areDue()) {
      tell(listener::hintsMissed);
      return true;
    }
    return gaps.onceMoreIsDue();
  }

  /** How long {@link #readingIsDue} need not be asked where no frame comes. */
  Duration untilReading() {
    return gaps.untilDue();
  }

  private void hint(Frame frame) {
    UUID conversation = frame.conversationId();
    String username = frame.username();
    UUID upTo = frame.upTo();
    if (frame.is("read") && conversation != null && username != null && upTo != null) {
      tell(() -> listener.read(conversation, username, upTo));
    } else if (frame.is("conversation") && conversation != null) {
      tell(() -> listener.conversation(conversation, Objects.requireNonNullElse(frame.change(), "")));
    } else if (frame.is("typing") && conversation != null && username != null) {
      tell(() -> listener.typing(conversation, username));
    } else if (frame.is("presence") && username != null) {
      tell(() -> listener.presence(username, Boolean.TRUE.equals(frame.online()), frame.lastSeen()));
    }
  }

  private void moveTo(String next) {
    cursor = next;
    tell(() -> listener.cursor(next));
  }

  private void changed(Frame frame) {
    if (frame.message() != null) {
      tellOnce(frame.message());
    }
    if (frame.cursor() != null) {
      cursor = frame.cursor(); // after the message, or a failure between the two would lose it
    }
  }

  private void tellOnce(Message message) {
    if (seen.isNew(message)) {
      tell(() -> listener.message(message));
    }
  }

  /** Takes a page of the inbox that begins at the cursor. */
  void take(Page page) {
    clock.observe(page.serverTime());
    page.messages().forEach(this::tellOnce);
    if (page.next() != null && !page.next().equals(cursor)) {
      moveTo(page.next());
    }
  }
}
