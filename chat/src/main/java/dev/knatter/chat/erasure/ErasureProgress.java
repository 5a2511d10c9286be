package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.erasure.ErasureReport.Kind;

/**
 * How far an erasure has come. A page of the inbox is counted, then emptied: whoever repeats the second finds that the
 * first is done.
 *
 * @param reached the position in the inbox up to which the pass has done its work
 * @param counted the position up to which it has counted what is to be done; {@code reached} where nothing is under way
 */
record ErasureProgress(ErasureReport report, ErasurePass pass, UUID reached, UUID counted) {
  /** Of an erasure that begins with these. */
  static ErasureProgress first(ErasureOrder order, Map<Kind, Long> found) {
    UUID start = ErasurePass.FIRST.start(order);
    return new ErasureProgress(new ErasureReport(order.erasureId(), order.startedAt(), null, null, found),
        ErasurePass.FIRST,
        start,
        start);
  }

  /** Whether a page is counted and not yet emptied. */
  boolean isUnderWay() {
    return !counted.equals(reached);
  }

  /** Where the rows up to a position, which hold so many messages of his, were counted. */
  ErasureProgress counted(UUID position, long messages, long entries) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    counts.merge(Kind.MESSAGES, messages, Long::sum);
    counts.merge(Kind.INBOX_ENTRIES, entries, Long::sum);
    return new ErasureProgress(new ErasureReport(report.erasureId(), report.startedAt(), report.erasedAt(),
        report.finishedAt(), counts), pass, reached, position);
  }

  /** Where what was counted is emptied. */
  ErasureProgress done() {
    return new ErasureProgress(report, pass, counted, counted);
  }

  /** Where the next pass begins. */
  ErasureProgress in(ErasurePass next, UUID position, Instant now) {
    Instant erased = pass == ErasurePass.FIRST ? now : report.erasedAt();
    return new ErasureProgress(
        new ErasureReport(report.erasureId(), report.startedAt(), erased, report.finishedAt(),
            report.erased()),
        next,
        position, position);
  }
}
