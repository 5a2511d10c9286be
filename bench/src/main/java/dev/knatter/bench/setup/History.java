package dev.knatter.bench.setup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.bench.sending.SendStatements;
import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** Writes what was there before: the users, and the messages that will be read. */
public final class History {
  private static final int MESSAGES = 55;
  private static final long AGO_MILLIS = 3_600_000;
  private static final int AT_ONCE = 32;

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final Cql insertAccount;
  private final Cql insertUser;
  private final Cql insertConversation;
  private final List<CompletableFuture<?>> underWay = new ArrayList<>();

  public History(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.statements = RawStatements.of(cassandra);
    this.insertAccount = cassandra
      .cql("INSERT INTO accounts (username, user_id, password_hash, created_at) VALUES (?, ?, ?, ?)");
    this.insertUser = cassandra.cql("INSERT INTO users (user_id, username, created_at)"
        + " VALUES (?, ?, totimestamp(now()))");
    this.insertConversation = cassandra.cql(SendStatements.INSERT_CONVERSATION);
  }

  /** Registers people, all at one moment. */
  public void write(Collection<Person> people, Instant born) {
    String hash = new Passwords(1).hash(TestUsers.PASSWORD);
    for (Person person : people) {
      submit(insertAccount.bind(person.name(), person.id(), hash, born));
      submit(insertUser.bind(person.id(), person.name()));
    }
    await();
  }

  public void write(TestUsers users) {
    write(users.people(), Instant.ofEpochMilli(users.since()));
    long now = System.currentTimeMillis();
    long slice = RawStatements.slice(now);
    // Older than what a reader looks at twice; only right after the beginning of a slice they cannot be.
    long from = Math.max(now - AGO_MILLIS, slice);
    for (TestUsers.Pair pair : users.reading()) {
      submit(insertConversation.bind(pair.conversation().id(), pair.conversation().kind(),
          pair.conversation().members(), slice));
      submit(messages(pair, slice, from));
    }
    await();
  }

  /** All of one partition, so that one write does. */
  private BatchStatement messages(TestUsers.Pair pair, long slice, long from) {
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      long millis = from + i;
      rows.add(statements.insertMessage()
        .bindPresent(pair.conversation().id(), slice, Uuid7.of(millis, i, i), pair.one().id(),
            pair.other().id(), TestUsers.CONTENT, TestUsers.CONTENT_TYPE, null, null,
            RawStatements.timestamp(millis)));
    }
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true);
  }

  private void submit(Statement<?> statement) {
    underWay.add(cassandra.submit(statement).toCompletableFuture());
    if (underWay.size() == AT_ONCE) {
      await();
    }
  }

  private void await() {
    underWay.forEach(CompletableFuture::join);
    underWay.clear();
  }
}
