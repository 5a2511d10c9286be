package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Makes the access tokens of sessions invalid before they expire. Within five seconds after {@link #revoke} has returned,
 * every process refuses them ({@link Revocations}).
 */
public final class Revoker {
  /** How long a revocation is stored, which is longer than any token of an ended session is valid. */
  static final Duration KEPT = Duration.ofMinutes(30);
  /** A write that takes longer is made again, because {@link Revocations#OVERLAP} covers only a multiple of this time. */
  static final Duration SLOWEST = Duration.ofSeconds(10);

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final LongSupplier nanos;
  private final Cql insert;

  public Revoker(Cassandra cassandra, Uuid7 ids) {
    this(cassandra, ids, System::nanoTime);
  }

  /** @param nanos a monotonic clock */
  Revoker(Cassandra cassandra, Uuid7 ids, LongSupplier nanos) {
    this.cassandra = cassandra;
    this.ids = ids;
    this.nanos = nanos;
    this.insert = cassandra
      .cql("INSERT INTO revocations (slice, position, session_id) VALUES (?, ?, ?) USING TTL "
          + KEPT.toSeconds());
  }

  /**
   * Revokes all tokens of sessions that were opened here.
   *
   * @throws Unavailable if the outcome is unknown; the call may be made again
   */
  public void revoke(Collection<UUID> sessions) {
    revoke(sessions, Instant.EPOCH);
  }

  /**
   * Revokes all tokens that the issuer has issued until now. The given token is revoked even if the issuer's clock is
   * ahead.
   *
   * @param id    the id of a session or of a person at the outside issuer
   * @param token the token of the request
   * @throws Unavailable if the outcome is unknown; the call may be made again
   */
  public void revoke(UUID id, OutsideSession token) {
    revoke(List.of(id), token.issuedAt());
  }

  private void revoke(Collection<UUID> sessions, Instant notBefore) {
    long began;
    do {
      began = nanos.getAsLong();
      write(sessions, notBefore);
      // If this process was stopped during the write, readers may already have read past its position.
    } while (nanos.getAsLong() - began > SLOWEST.toNanos());
  }

  private void write(Collection<UUID> sessions, Instant notBefore) {
    cassandra.requireClockAgreement();
    List<Statement<?>> writes = new ArrayList<>();
    for (UUID session : sessions) {
      UUID position = ids.mint(notBefore);
      writes.add(insert.bind(RevocationSlice.of(Uuid7.instant(position)), position, session));
    }
    cassandra.executeAll(writes);
  }
}
