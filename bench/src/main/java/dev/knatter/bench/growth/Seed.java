package dev.knatter.bench.growth;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.bench.sending.SendStatements;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.RedisCommands;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** Fills stores with as much as years of use would leave. It writes rows by statements and sends no requests. */
final class Seed {
  private static final int AT_ONCE = 128;
  private static final int ROWS_OF_A_BATCH = 50;
  private static final int COMMANDS_AT_ONCE = 1_000;
  /** Older than what a reader looks at twice. */
  private static final long AGO_MILLIS = 60_000;

  private final Cassandra cassandra;
  private final RawStatements statements;
  private final Cql insertAccount;
  private final Cql insertUser;
  private final Cql insertConversation;
  private final Deque<CompletableFuture<?>> underWay = new ArrayDeque<>();

  Seed(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.statements = RawStatements.of(cassandra);
    this.insertAccount = cassandra.cql("INSERT INTO accounts (username, user_id) VALUES (?, ?)");
    this.insertUser = cassandra.cql("INSERT INTO users (user_id, username, created_at)"
        + " VALUES (?, ?, totimestamp(now()))");
    this.insertConversation = cassandra.cql(SendStatements.INSERT_CONVERSATION);
  }

  /** One of so many users. */
  static Person user(TestUsers users, int number) {
    return new Person(Uuid7.of(users.since(), number, -number), "user%07d".formatted(number));
  }

  /** Writes these users, and others until there are so many. */
  void users(TestUsers users, int size) {
    Stream
      .concat(users.people().stream(),
          IntStream.range(users.people().size(), size).mapToObj(i -> user(users, i)))
      .forEach(person -> {
        submit(insertAccount.bind(person.name(), person.id()));
        submit(insertUser.bind(person.id(), person.name()));
      });
    await();
  }

  /** So many messages, spread evenly over conversations of these users, with the rows of both inboxes. */
  void messages(TestUsers users, int size) {
    List<TestUsers.Pair> pairs = users.writing().subList(0, users.people().size());
    int each = Math.ceilDiv(size, pairs.size());
    long until = System.currentTimeMillis() - AGO_MILLIS;
    for (int number = 0; number < pairs.size(); number++) {
      TestUsers.Pair pair = pairs.get(number);
      UUID conversation = pair.conversation().id();
      long newest = RawStatements.slice(until);
      submit(insertConversation.bind(conversation, pair.conversation().kind(), pair.conversation().members(),
          newest));
      for (int from = 0; from < each; from += ROWS_OF_A_BATCH) {
        List<BatchableStatement<?>> timeline = new ArrayList<>();
        List<BatchableStatement<?>> one = new ArrayList<>();
        List<BatchableStatement<?>> other = new ArrayList<>();
        for (int i = from; i < Math.min(each, from + ROWS_OF_A_BATCH); i++) {
          long millis = Math.max(until - i, newest);
          UUID id = Uuid7.of(millis, number, i); // two pairs with a common user write at the same moment
          timeline.add(statements.insertMessage()
            .bindPresent(conversation, newest, id, pair.one().id(), pair.other().id(), TestUsers.CONTENT,
                TestUsers.CONTENT_TYPE, null, null, RawStatements.timestamp(millis)));
          one.add(statements.insertInbox().bind(pair.one().id(), Inbox.month(millis), id, conversation, id));
          other
            .add(statements.insertInbox().bind(pair.other().id(), Inbox.month(millis), id, conversation, id));
        }
        Stream.of(timeline, one, other).map(Seed::batch).forEach(this::submit);
      }
    }
    await();
  }

  /** So many conversations in the cache, with a page each that does not expire. */
  static void cachedConversations(RedisCommands redis, int size) throws IOException {
    long now = System.currentTimeMillis() * 1_000;
    for (int from = 0; from < size; from += COMMANDS_AT_ONCE) {
      redis.send(IntStream.range(from, Math.min(size, from + COMMANDS_AT_ONCE)).boxed().flatMap(i -> {
        UUID conversation = Uuid7.of(now / 1_000, i, i);
        return Stream.of("HSET pages:{%s} v %d r 3 w 1 t %d".formatted(conversation, now, now),
            "HSET page:{%s}:1:newest:50 version %d until %d bytes %s".formatted(conversation, now, now,
                "x".repeat(100)));
      }).toList());
    }
  }

  /** All rows are of one partition. */
  private static BatchStatement batch(List<BatchableStatement<?>> rows) {
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true);
  }

  private void submit(Statement<?> statement) {
    underWay.add(cassandra.submit(statement).toCompletableFuture());
    if (underWay.size() >= AT_ONCE) {
      underWay.remove().join();
    }
  }

  private void await() {
    underWay.forEach(CompletableFuture::join);
    underWay.clear();
  }
}
