package dev.knatter.adapter.held;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.knatter.adapter.stream.Publication;
import org.jspecify.annotations.Nullable;

/** What was published for a connection before the answer to OPENED was written. It is delivered after that answer. */
final class EarlyPublications {
  private static final int CHARS_AT_LEAST = 128;

  private final int maxChars;
  /** Null when they have been delivered. */
  private @Nullable List<Publication> kept = new ArrayList<>(0);
  private int chars;

  /** @param maxChars how many characters of frames are kept. What is more is dropped */
  EarlyPublications(int maxChars) {
    this.maxChars = maxChars;
  }

  /** Takes a publication; false where it is not early any more. */
  synchronized boolean take(Publication publication) {
    if (kept == null) {
      return false;
    }
    chars += CHARS_AT_LEAST + switch (publication) {
      case Publication.Frames frames ->
        frames.frames().stream().mapToInt(frame -> frame.text().length()).sum();
      case Publication.End _,Publication.Wake _ -> 0;
    };
    if (chars <= maxChars) {
      kept.add(publication);
    }
    return true;
  }

  /**
   * Delivers all that were kept. Whoever publishes meanwhile waits, so that the order stays.
   *
   * @param tooMany called after them where some were dropped
   */
  synchronized void deliver(Consumer<Publication> receiver, Runnable tooMany) {
    if (kept != null) {
      kept.forEach(receiver);
      kept = null;
    }
    if (chars > maxChars) {
      tooMany.run();
    }
  }
}
