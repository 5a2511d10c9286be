package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.chat.pending.DeletionPass;

/**
 * The progress of an erasure. A page of the inbox is first counted and then erased, in two separate steps. If the
 * second step is repeated, its messages are not counted again.
 *
 * @param reached the inbox position up to which the pass has erased
 * @param counted the inbox position up to which the pass has counted; equals {@code reached} if no page is in progress
 */
record ErasureProgress(ErasureReport report, DeletionPass pass, UUID reached, UUID counted) {
  /** The progress of a new erasure, with the counts of the account's data. */
  static ErasureProgress first(ErasureOrder order, Map<Kind, Long> found) {
    UUID start = order.start(DeletionPass.FIRST);
    return new ErasureProgress(new ErasureReport(order.erasureId(), order.startedAt(), null, null, found),
        DeletionPass.FIRST,
        start,
        start);
  }

  /** Whether a page is counted but not erased yet. */
  boolean isPageCounted() {
    return !counted.equals(reached);
  }

  /** The progress after the rows up to a position were counted. */
  ErasureProgress afterCounting(UUID position, long messages, long entries) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    counts.putAll(report.erased());
    counts.merge(Kind.MESSAGES, messages, Long::sum);
    counts.merge(Kind.INBOX_ENTRIES, entries, Long::sum);
    return new ErasureProgress(new ErasureReport(report.erasureId(), report.startedAt(), report.erasedAt(),
        report.finishedAt(), counts), pass, reached, position);
  }

  /** The progress after the counted page was erased. */
  ErasureProgress afterErasing() {
    return new ErasureProgress(report, pass, counted, counted);
  }

  /** The progress at the beginning of the next pass. */
  ErasureProgress inPass(DeletionPass next, UUID position, Instant now) {
    Instant erased = pass == DeletionPass.FIRST ? now : report.erasedAt();
    return new ErasureProgress(
        new ErasureReport(report.erasureId(), report.startedAt(), erased, report.finishedAt(),
            report.erased()),
        next,
        position, position);
  }
}
