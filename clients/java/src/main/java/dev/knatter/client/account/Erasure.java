package dev.knatter.client.account;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An erasure, and how far it is.
 *
 * @param erasedAt when nothing was left of what there was; null until then
 * @param finishedAt when it was looked through for the last time; null until then
 * @param erased how many of each kind were erased so far
 */
public record Erasure(UUID erasureId, Instant startedAt, @Nullable Instant erasedAt,
    @Nullable Instant finishedAt, Map<String, Long> erased) {
  public Erasure {
    Objects.requireNonNull(erasureId, "erasureId");
    Objects.requireNonNull(startedAt, "startedAt");
    erased = Map.copyOf(erased);
  }
}
