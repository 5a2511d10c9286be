package dev.knatter.adapter.stream;

import java.util.List;
import java.util.regex.Pattern;

/** Frames as events of {@code text/event-stream} (WHATWG HTML §9.2.5). */
public final class EventStreamFormat {
  /** §9.2.6: each of these ends a line, and a client puts LF between the lines of the data. */
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

  private EventStreamFormat() {}

  public static String of(Frame frame) {
    StringBuilder event = new StringBuilder(frame.text().length() + 64);
    if (frame.id() != null) {
      event.append("id: ").append(frame.id()).append('\n');
    }
    if (frame.event() != null) {
      event.append("event: ").append(frame.event()).append('\n');
    }
    for (String line : LINE_BREAK.split(frame.text(), -1)) {
      event.append("data: ").append(line).append('\n');
    }
    return event.append('\n').toString();
  }

  public static String of(List<Frame> frames) {
    StringBuilder events = new StringBuilder();
    frames.forEach(frame -> events.append(of(frame)));
    return events.toString();
  }
}
