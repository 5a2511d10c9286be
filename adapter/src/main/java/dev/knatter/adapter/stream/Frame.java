package dev.knatter.adapter.stream;

import org.jspecify.annotations.Nullable;

/**
 * A text for the client. A WebSocket gets the text alone, as one message.
 *
 * @param text  any text; Server-Sent Events get it as their data, so that a line break in any form arrives there as LF
 * @param id    of Server-Sent Events: what the client sends as {@code Last-Event-ID} when it connects again; no line breaks and
 *              no NUL. Null for none
 * @param event of Server-Sent Events: the event's name; no line breaks. Null for {@code message}
 */
public record Frame(String text, @Nullable String id, @Nullable String event) {

  public Frame {
    if (id != null && (hasLineBreak(id) || id.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("A frame's id has a line break or NUL");
    }
    if (event != null && hasLineBreak(event)) {
      throw new IllegalArgumentException("A frame's event has a line break");
    }
  }

  public static Frame of(String text) {
    return new Frame(text, null, null);
  }

  public static Frame of(String text, @Nullable String id) {
    return new Frame(text, id, null);
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
