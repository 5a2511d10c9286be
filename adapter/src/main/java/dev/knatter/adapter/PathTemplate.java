package dev.knatter.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A path with {@code {variables}}, each a whole segment, matched against segments that are already decoded. */
record PathTemplate(List<Segment> segments) {

  /** A fixed text, or a variable with that name. */
  record Segment(String text, boolean variable) {}

  static PathTemplate parse(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("A path starts with a slash: " + path);
    }
    List<Segment> segments = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      boolean variable = part.startsWith("{") && part.endsWith("}");
      String text = variable ? part.substring(1, part.length() - 1) : part;
      if ((text.isEmpty() && path.length() > 1) || text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
        throw new IllegalArgumentException("Not a path template: " + path);
      }
      segments.add(new Segment(text, variable));
    }
    List<String> names = segments.stream().filter(Segment::variable).map(Segment::text).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("A variable is there twice: " + path);
    }
    return new PathTemplate(List.copyOf(segments));
  }

  List<String> variables() {
    return segments.stream().filter(Segment::variable).map(Segment::text).toList();
  }

  /** The variables' values, or null when the path is another one. An empty segment fills no variable. */
  @Nullable
  Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      Segment segment = segments.get(i);
      String text = path.get(i);
      if (segment.variable() ? text.isEmpty() : !segment.text().equals(text)) {
        return null;
      }
      if (segment.variable()) {
        values.put(segment.text(), text);
      }
    }
    return values;
  }

  /**
   * A sort key: {@code /users/lookup} comes before {@code /users/{name}}, because the more precise template answers.
   */
  String precision() {
    StringBuilder order = new StringBuilder();
    segments.forEach(segment -> order.append(segment.variable() ? '1' : '0'));
    return order.toString();
  }

  /** Equal for templates that match exactly the same paths. */
  String shape() {
    StringBuilder shape = new StringBuilder();
    segments.forEach(segment -> shape.append('/').append(segment.variable() ? "{}" : segment.text()));
    return shape.toString();
  }
}
