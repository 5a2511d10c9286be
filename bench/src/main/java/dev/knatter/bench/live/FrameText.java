package dev.knatter.bench.live;

/**
 * What the benchmark's client reads of a frame ({@code docs/asyncapi.yaml}). It looks for texts, because to parse thousands of
 * frames a second would take the processor from what is measured.
 */
final class FrameText {
  private static final String TYPE = "{\"type\":\"";
  private static final String ID = "\"message\":{\"id\":\"";
  private static final String CURSOR = "\"cursor\":\"";
  private static final int ID_LENGTH = 36;

  private FrameText() {}

  /** The member {@code type}, which comes first; empty for what is no frame. */
  static String type(String frame) {
    return frame.startsWith(TYPE) ? upToQuote(frame, TYPE.length()) : "";
  }

  /** The id of the message of a frame that has one. */
  static String messageId(String frame) {
    int at = frame.indexOf(ID);
    if (at < 0) {
      throw new IllegalStateException("No message: " + frame);
    }
    return frame.substring(at + ID.length(), at + ID.length() + ID_LENGTH);
  }

  /** The cursor of a {@code sync}. */
  static String cursor(String sync) {
    int at = sync.indexOf(CURSOR);
    if (at < 0) {
      throw new IllegalStateException("No cursor: " + sync);
    }
    return upToQuote(sync, at + CURSOR.length());
  }

  /** Whether a {@code sync} says that there is more to read. */
  static boolean hasMore(String sync) {
    return sync.contains("\"more\":true");
  }

  /** A {@code sync} from a cursor; from the present if it is empty. */
  static String sync(String cursor) {
    return cursor.isEmpty() ? "{\"type\":\"sync\"}" : "{\"type\":\"sync\",\"cursor\":\"" + cursor + "\"}";
  }

  private static String upToQuote(String text, int from) {
    return text.substring(from, text.indexOf('"', from));
  }
}
