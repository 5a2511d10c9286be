package dev.knatter.functions.account;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.erasure.ErasureReport;
import dev.knatter.chat.erasure.ErasureReport.Kind;
import org.jspecify.annotations.Nullable;

/** The report of an erasure. erased: how many items of each kind. */
public record ErasureAnswer(UUID erasureId, Instant startedAt, @Nullable Instant erasedAt,
    @Nullable Instant finishedAt, Map<String, Long> erased) {
  static ErasureAnswer of(ErasureReport report) {
    Map<String, Long> erased = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      erased.put(kind.text(), report.erased(kind));
    }
    return new ErasureAnswer(report.erasureId(), report.startedAt(), report.erasedAt(), report.finishedAt(),
        erased);
  }
}
