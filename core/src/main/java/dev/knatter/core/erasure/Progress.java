package dev.knatter.core.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.erasure.Report.Kind;

/**
 * How far an erasure has come. A page of the inbox is counted, then emptied: whoever repeats the second finds that the
 * first is done.
 *
 * @param reached the position in the inbox up to which the pass has done its work
 * @param counted the position up to which it has counted what is to be done; {@code reached} where nothing is under way
 */
record Progress(Report report, Pass pass, UUID reached, UUID counted) {
  /** Of an erasure that begins with these. */
  static Progress first(Order order, Map<Kind, Long> found) {
    UUID start = Pass.FIRST.start(order);
    return new Progress(new Report(order.erasureId(), order.startedAt(), null, null, found), Pass.FIRST,
        start,
        start);
  }

  /** Whether a page is counted and not yet emptied. */
  boolean isUnderWay() {
    return !counted.equals(reached);
  }

  /** Where the rows up to a position, which hold so many messages of his, were counted. */
  Progress counted(UUID position, long messages, long entries) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    counts.merge(Kind.MESSAGES, messages, Long::sum);
    counts.merge(Kind.INBOX_ENTRIES, entries, Long::sum);
    return new Progress(new Report(report.erasureId(), report.startedAt(), report.erasedAt(),
        report.finishedAt(), counts), pass, reached, position);
  }

  /** Where what was counted is emptied. */
  Progress done() {
    return new Progress(report, pass, counted, counted);
  }

  /** Where the next pass begins. */
  Progress in(Pass next, UUID position, Instant now) {
    Instant erased = pass == Pass.FIRST ? now : report.erasedAt();
    return new Progress(
        new Report(report.erasureId(), report.startedAt(), erased, report.finishedAt(), report.erased()),
        next,
        position, position);
  }
}
