package dev.knatter.adapter;

import java.util.ArrayList;
import java.util.List;

import dev.knatter.adapter.json.PercentEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The path and the query of a request. The path is split at its slashes before its segments are decoded, so that an
 * encoded slash is part of a segment.
 *
 * @param segments decoded
 * @param query    still encoded; empty when there is none
 */
record RequestPath(List<String> segments, String query) {

  /** Null when a segment is not percent-encoded UTF-8. */
  static @Nullable RequestPath parse(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      String decoded = PercentEncoding.decode(segment);
      if (decoded == null) {
        return null;
      }
      segments.add(decoded);
    }
    return new RequestPath(segments, question < 0 ? "" : target.substring(question + 1));
  }

  boolean is(String path) {
    return segments.size() == 1 && path.equals("/" + segments.getFirst());
  }
}
