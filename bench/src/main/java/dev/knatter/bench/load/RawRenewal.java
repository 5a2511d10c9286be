package dev.knatter.bench.load;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.RefreshToken;

/** Counts a request, reads a session and replaces its token by a lightweight transaction. */
final class RawRenewal implements Worker {
  private static final int SALT_BYTES = 32;

  private final Cassandra cassandra;
  private final Admission admission;
  private final RawStatements statements;
  private final RoundRobin<OpenSession> turns;
  private final SecureRandom secrets = new SecureRandom();
  private long number;

  RawRenewal(Stores stores, RawStatements statements, RoundRobin<OpenSession> turns) {
    this.cassandra = stores.cassandra();
    this.admission = new Admission(stores.redis());
    this.statements = statements;
    this.turns = turns;
  }

  @Override
  public void once() {
    OpenSession session = turns.next();
    RefreshToken token = session.token();
    var _ = admission.admit(RateLimit.REFRESH, token.sessionId() + "-" + number++, null);
    Row row = cassandra.one(statements.selectSession().bind(token.userId(), token.sessionId()));
    if (row == null) {
      throw new IllegalStateException("The session is gone.");
    }
    byte[] salt = new byte[SALT_BYTES];
    secrets.nextBytes(salt);
    RefreshToken next = token.successor(salt);
    ByteBuffer spent = ByteBuffer.wrap(token.hash());
    Row outcome = cassandra.one(statements.rotate()
      .bindPresent(ByteBuffer.wrap(next.hash()), ByteBuffer.wrap(next.familyHash()), spent,
          ByteBuffer.wrap(salt), next.generation(), null, null, row.getInstant("created_at"), Instant.now(),
          token.userId(), token.sessionId(), spent));
    if (outcome == null || !outcome.getBoolean("[applied]")) {
      throw new IllegalStateException("The session has another token.");
    }
    session.renewed(next);
  }
}
