package dev.knatter.bench.load;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Reads the newest page of a conversation, and one row more that tells whether there is another. */
final class RawPage implements Worker {
  private static final int SLICES = 8;
  private static final long AHEAD_MILLIS = 10_000;

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final RoundRobin<TestUsers.Pair> turns;

  RawPage(Cassandra cassandra, RawStatements statements, RoundRobin<TestUsers.Pair> turns) {
    this.cassandra = cassandra;
    this.statements = statements;
    this.turns = turns;
  }

  @Override
  public void once() {
    UUID conversation = turns.next().conversation().id();
    long ceiling = System.currentTimeMillis() + AHEAD_MILLIS;
    long slice = RawStatements.slice(ceiling);
    CompletableFuture<AsyncResultSet> slices = cassandra
      .submit(statements.selectSlices().bind(conversation, slice, Long.MIN_VALUE, SLICES))
      .toCompletableFuture();
    AsyncResultSet page = cassandra
      .submit(statements.selectPage()
        .bind(conversation, slice, Uuid7.floor(slice), Uuid7.floor(ceiling), RequestFactory.PAGE + 1))
      .toCompletableFuture()
      .join();
    slices.join();
    if (page.remaining() != RequestFactory.PAGE + 1) {
      throw new IllegalStateException("A page of " + page.remaining() + " rows.");
    }
  }
}
