package dev.knatter.core.erasure;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.erasure.Report.Kind;

/**
 * How far an erasure has come.
 *
 * @param reached the position in the inbox up to which the pass has done its work
 */
record Progress(Report report, Pass pass, UUID reached) {
  /** Of an erasure of which nothing is done. */
  static Progress none(Order order) {
    return new Progress(new Report(order.erasureId(), order.startedAt(), null, null, Map.of()), Pass.FIRST,
        Pass.FIRST.start(order));
  }

  /** Where so many more were found. */
  Progress plus(Kind kind, long more) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    counts.merge(kind, more, Long::sum);
    return with(counts);
  }

  /** Where so many were found of what goes at once: a repetition finds the same, or what is left of it. */
  Progress atLeast(Map<Kind, Long> found) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    found.forEach((kind, count) -> counts.merge(kind, count, Math::max));
    return with(counts);
  }

  Progress at(UUID position) {
    return new Progress(report, pass, position);
  }

  private Progress with(Map<Kind, Long> counts) {
    return new Progress(new Report(report.erasureId(), report.startedAt(), report.erasedAt(),
        report.finishedAt(), counts), pass, reached);
  }
}
