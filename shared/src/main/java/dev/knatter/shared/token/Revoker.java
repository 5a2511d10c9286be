package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Makes the access tokens of sessions invalid before they expire. Once it returns, every process refuses them within
 * five seconds: {@link Revocations}.
 */
public final class Revoker {
  /** Longer than any token of a session that has ended can be alive. */
  static final Duration KEPT = Duration.ofMinutes(30);
  /** Readers look back further than this, so that a write which takes longer is made again. */
  static final Duration SLOWEST = Duration.ofSeconds(10);

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final LongSupplier nanos;
  private final Cql insert;

  public Revoker(Cassandra cassandra, Uuid7 ids) {
    this(cassandra, ids, System::nanoTime);
  }

  /** @param nanos a clock that nobody sets */
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
   * @throws Unavailable where that is not certain; it may be done again
   */
  public void revoke(Collection<UUID> sessions) {
    revoke(sessions, Instant.EPOCH);
  }

  /**
   * Revokes all tokens that were issued until now by the issuer's clock, and in any case the given one, though that clock
   * be ahead.
   *
   * @param id    of a session, or of a person, of the outside issuer
   * @param token the token that asks for it
   * @throws Unavailable where that is not certain; it may be done again
   */
  public void revoke(UUID id, OutsideSession token) {
    revoke(List.of(id), token.issuedAt());
  }

  private void revoke(Collection<UUID> sessions, Instant notBefore) {
    long began;
    do {
      began = nanos.getAsLong();
      write(sessions, notBefore);
      // This process may have been stopped meanwhile, and readers have passed the place.
    } while (nanos.getAsLong() - began > SLOWEST.toNanos());
  }

  private void write(Collection<UUID> sessions, Instant notBefore) {
    cassandra.requireClockAgreement();
    List<CompletionStage<AsyncResultSet>> writes = new ArrayList<>();
    for (UUID session : sessions) {
      UUID position = ids.mint(notBefore);
      writes.add(cassandra.submit(
          insert.bind(RevocationSlice.of(Uuid7.instant(position)), position, session)));
    }
    writes.forEach(cassandra::join);
  }
}
