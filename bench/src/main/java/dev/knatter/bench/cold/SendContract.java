package dev.knatter.bench.cold;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/** What a server must do to be measured as a send: refuse what is to be refused, and have stored what it says is. */
final class SendContract implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");
  private static final String LINE = "POST /v1/send";

  private final Env env;
  private final TestUsers users;
  private final Cassandra cassandra;

  SendContract(Env env, TestUsers users) {
    this.env = env;
    this.users = users;
    this.cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
  }

  /** @throws IllegalStateException saying what the server of that port does instead */
  void check(int port) throws IOException {
    RequestFactory requests = new RequestFactory(env, users);
    TestUsers.Pair pair = users.writing().getLast();
    byte[] request = requests.send(pair);
    String token = requests.token(pair.one());
    require(port, HttpConnection.request(LINE, "", requests.message(pair.other())), 401);
    require(port, HttpConnection.request(LINE, forged(token), requests.message(pair.other())), 401);
    require(port, HttpConnection.request(LINE, token, "{\"to\":"), 400);
    require(port, HttpConnection.request(LINE, token, "{\"to\":\"x\"}"), 400);
    UUID first = sent(port, request);
    UUID again = sent(port, request);
    if (!first.equals(again)) {
      throw new IllegalStateException("The same message sent twice has the ids " + first + " and " + again);
    }
    requireStored(pair, first);
  }

  /** The same claims with another signature. */
  private static String forged(String token) {
    int signature = token.lastIndexOf('.') + 1;
    char other = token.charAt(signature) == 'A' ? 'B' : 'A';
    return token.substring(0, signature) + other + token.substring(signature + 1);
  }

  private static UUID sent(int port, byte[] request) throws IOException {
    String body = require(port, request, 201);
    Matcher id = ID.matcher(body);
    if (!id.find() || !body.contains(TestUsers.CONTENT)) {
      throw new IllegalStateException("A 201 without the message: " + body);
    }
    return UUID.fromString(id.group(1));
  }

  /** The body of the answer, over a connection of its own: some servers close one after a bad request. */
  private static String require(int port, byte[] request, int expected) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      int status = connection.exchange(request);
      if (status != expected) {
        throw new IllegalStateException(
            "%d where %d was due: %s".formatted(status, expected, connection.body()));
      }
      return connection.body();
    }
  }

  private void requireStored(TestUsers.Pair pair, UUID id) {
    UUID conversation = pair.conversation().id();
    long slice = RawStatements.slice(Uuid7.millis(id));
    Row row = cassandra.one(cassandra
      .cql(
          "SELECT sender, recipient, content FROM timeline WHERE conversation_id = ? AND slice = ? AND id = ?")
      .bind(conversation, slice, id));
    boolean whole = row != null && pair.one().id().equals(row.getUuid("sender"))
        && pair.other().id().equals(row.getUuid("recipient"))
        && TestUsers.CONTENT.equals(row.getString("content"));
    boolean listed = cassandra.one(cassandra
      .cql("SELECT slice FROM conversations WHERE conversation_id = ? AND slice = ?")
      .bind(conversation, slice)) != null;
    if (!whole || !listed || !isInInbox(pair.one(), id) || !isInInbox(pair.other(), id)) {
      throw new IllegalStateException("The message " + id + " was answered with 201 and is not stored.");
    }
  }

  private boolean isInInbox(Person owner, UUID id) {
    return cassandra.all(cassandra.cql("SELECT id FROM inbox WHERE user_id = ? AND month = ?")
      .bind(owner.id(), Inbox.month(System.currentTimeMillis())))
      .stream()
      .anyMatch(row -> id.equals(row.getUuid("id")));
  }

  @Override
  public void close() {
    cassandra.close();
  }
}
