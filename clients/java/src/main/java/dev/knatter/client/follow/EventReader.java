package dev.knatter.client.follow;

import java.time.Duration;

import dev.knatter.client.http.Lines;
import dev.knatter.client.http.NoAnswerException;
import org.jspecify.annotations.Nullable;

/**
 * Takes events out of the lines of a stream (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML,
 * section 9.2</a>). Only the data counts: each is a frame.
 */
final class EventReader {
  private static final String DATA = "data:";

  private final Lines lines;
  private final StringBuilder data = new StringBuilder();

  EventReader(Lines lines) {
    this.lines = lines;
  }

  /**
   * The next event, or null if none has come whole. Comments are none, but count as a sign of life.
   *
   * @throws NoAnswerException if the stream breaks, or the event is damaged
   */
  @Nullable
  Frame next(Duration within) {
    String line = lines.poll(within);
    while (line != null) {
      if (line.startsWith(DATA)) {
        int begin = line.startsWith(" ", DATA.length()) ? DATA.length() + 1 : DATA.length();
        data.append(line, begin, line.length()).append('\n');
      } else if (line.isEmpty() && data.length() > 0) {
        return frame();
      } else if (line.startsWith(":")) {
        return null;
      }
      line = lines.poll(within);
    }
    return null;
  }

  boolean ended() {
    return lines.ended();
  }

  private Frame frame() {
    String json = data.toString();
    data.setLength(0);
    return Frame.of(json);
  }
}
