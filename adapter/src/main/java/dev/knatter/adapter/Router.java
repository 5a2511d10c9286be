package dev.knatter.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** Finds the operation for a method and a path. */
final class Router {

  /** An operation whose path matches, and the values of its path variables. */
  record Match(Operation operation, Map<String, String> variables) {}

  /** All operations whose path matches; none when the path is unknown. */
  record Matches(List<Match> matches) {

    @Nullable
    Match forMethod(String method) {
      return matches.stream()
        .filter(m -> m.operation().route().takes(method))
        .findFirst()
        .orElse(null);
    }

    /** The value of an Allow field. */
    String allow() {
      Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
      for (Match match : matches) {
        methods.add(match.operation().route().method());
        if (match.operation().route().takes("HEAD")) {
          methods.add("HEAD");
        }
      }
      return String.join(", ", methods);
    }
  }

  private record Entry(PathTemplate template, Operation operation) {}

  private final List<Entry> entries = new ArrayList<>();

  Router(List<Operation> operations) {
    Set<String> shapes = new HashSet<>();
    for (Operation operation : operations) {
      PathTemplate template = PathTemplate.parse(operation.route().path());
      boolean clash = operation.route().streams() && !shapes.add("POST" + template.shape());
      if (clash || !shapes.add(operation.route().method() + template.shape())) {
        throw new IllegalArgumentException(
            "Two routes for " + operation.route().method() + " " + operation.route().path());
      }
      entries.add(new Entry(template, operation));
    }
    entries.sort((a, b) -> a.template().precision().compareTo(b.template().precision()));
  }

  /** The names of all functions, in order. */
  List<String> functions() {
    return entries.stream().map(entry -> entry.operation().route().function()).sorted().toList();
  }

  Matches at(RequestPath path) {
    List<Match> matches = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, String> variables = entry.template().match(path.segments());
      if (variables != null) {
        matches.add(new Match(entry.operation(), variables));
      }
    }
    return new Matches(matches);
  }
}
