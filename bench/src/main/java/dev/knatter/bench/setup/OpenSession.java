package dev.knatter.bench.setup;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.RefreshToken;

/** A session that is open, with the token that renews it next. */
public final class OpenSession {
  /** So many that none of them meets its rate limit. */
  private static final int COUNT = 1_000;
  private static final int AT_ONCE = 256;

  private volatile RefreshToken token;

  private OpenSession(RefreshToken token) {
    this.token = token;
  }

  public RefreshToken token() {
    return token;
  }

  public void renewed(RefreshToken next) {
    token = next;
  }

  /** Opens sessions of all people, as a login would. */
  public static List<OpenSession> write(Cassandra cassandra, RawStatements statements, TestUsers users) {
    return write(cassandra, statements,
        IntStream.range(0, COUNT).mapToObj(i -> users.people().get(i % users.people().size())).toList());
  }

  /** Opens a session for each of these, in their order. Somebody who is there twice has two. */
  public static List<OpenSession> write(Cassandra cassandra, RawStatements statements, List<Person> people) {
    SecureRandom secrets = new SecureRandom();
    Instant now = Instant.now();
    List<OpenSession> sessions = new ArrayList<>();
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (Person person : people) {
      RefreshToken token = RefreshToken.mint(person.id(), UUID.randomUUID(), 1, secrets);
      sessions.add(new OpenSession(token));
      writes.add(cassandra.submit(statements.insertSession()
        .bindPresent(person.id(), token.sessionId(), ByteBuffer.wrap(token.hash()),
            ByteBuffer.wrap(token.familyHash()), 1, null, null, now, now,
            RawStatements.timestamp(now.toEpochMilli())))
        .toCompletableFuture());
      if (writes.size() == AT_ONCE) {
        await(writes);
      }
    }
    await(writes);
    return List.copyOf(sessions);
  }

  private static void await(List<CompletableFuture<?>> writes) {
    writes.forEach(CompletableFuture::join);
    writes.clear();
  }
}
