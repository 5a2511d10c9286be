package dev.knatter.bench.load;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;

/** Reads an account between the two scripts that count attempts, writes a session, and reads the account again. */
final class RawLogin implements Worker {
  private final Cassandra cassandra;
  private final PasswordThrottle guesses;
  private final RawStatements statements;
  private final RoundRobin<Person> turns;
  private final Uuid7 ids;
  private final RefreshToken token = RefreshToken.mint(UUID.randomUUID(), UUID.randomUUID(), 1,
      new SecureRandom());

  RawLogin(Stores stores, RawStatements statements, RoundRobin<Person> turns, Uuid7 ids) {
    this.cassandra = stores.cassandra();
    this.guesses = new PasswordThrottle(stores.redis(), RateLimit.LOGIN);
    this.statements = statements;
    this.turns = turns;
    this.ids = ids;
  }

  @Override
  public void once() {
    Person person = turns.next();
    UUID session = ids.mint();
    // Counted under a name of its own: without hashes between them, so many attempts would be too many for a person.
    Row account = guesses.guess(session.toString(), null, () -> Optional.ofNullable(read(person)))
      .orElseThrow();
    Instant now = Instant.ofEpochMilli(Uuid7.millis(session));
    cassandra.execute(statements.insertSession()
      .bindPresent(account.getUuid("user_id"), session, ByteBuffer.wrap(token.hash()),
          ByteBuffer.wrap(token.familyHash()), 1, null, null, now, now,
          RawStatements.timestamp(now.toEpochMilli())));
    if (read(person) == null) {
      throw new IllegalStateException(person.name() + " is gone.");
    }
  }

  private @Nullable Row read(Person person) {
    return cassandra.one(statements.selectAccount().bind(person.name()));
  }
}
