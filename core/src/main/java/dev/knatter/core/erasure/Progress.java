package dev.knatter.core.erasure;

import java.time.Instant;
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
  /** Of an erasure that begins with these. */
  static Progress first(Order order, Map<Kind, Long> found) {
    return new Progress(new Report(order.erasureId(), order.startedAt(), null, null, found), Pass.FIRST,
        Pass.FIRST.start(order));
  }

  /** Where so many more were found. */
  Progress plus(Kind kind, long more) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    counts.merge(kind, more, Long::sum);
    return new Progress(new Report(report.erasureId(), report.startedAt(), report.erasedAt(),
        report.finishedAt(), counts), pass, reached);
  }

  /** Where the pass has come so far. */
  Progress at(UUID position) {
    return new Progress(report, pass, position);
  }

  /** Where the next pass begins. */
  Progress in(Pass next, UUID position, Instant now) {
    Instant erased = pass == Pass.FIRST ? now : report.erasedAt();
    return new Progress(
        new Report(report.erasureId(), report.startedAt(), erased, report.finishedAt(), report.erased()),
        next,
        position);
  }
}
