package dev.knatter.client;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.knatter.client.account.Accounts;
import dev.knatter.client.api.Api;
import dev.knatter.client.conversation.Conversations;
import dev.knatter.client.follow.Follower;
import dev.knatter.client.follow.Following;
import dev.knatter.client.follow.Listener;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.Messages;
import dev.knatter.client.operator.DeadLetters;
import dev.knatter.client.people.People;
import dev.knatter.client.send.Draft;
import dev.knatter.client.send.Sender;
import dev.knatter.client.session.Device;
import dev.knatter.client.session.StoredSession;
import dev.knatter.client.session.Tokens;
import dev.knatter.client.webhook.Webhooks;
import org.jspecify.annotations.Nullable;

/**
 * One user of one installation of Knatter. May be used by many threads at once.
 *
 * <p>
 * It renews the session, tries again what may be tried again, sends each message once and in order, and follows what is new
 * without a gap. Where a method fails, it throws a {@link KnatterException}.
 */
public final class KnatterClient implements AutoCloseable {
  private final Api api;
  private final Clock clock;
  private final Sender sender;
  private final Queue<Follower> followers = new ConcurrentLinkedQueue<>();

  KnatterClient(Api api, Clock clock, Sender sender) {
    this.api = api;
    this.clock = clock;
    this.sender = sender;
  }

  /** A client that remembers nothing when the program ends. */
  public static KnatterClient at(String address) {
    return builder(address).build();
  }

  /** @param address of an installation, like {@code https://chat.example.com} */
  public static ClientBuilder builder(String address) {
    return new ClientBuilder(URI.create(address));
  }

  /** Who is logged in. */
  public Optional<StoredSession> session() {
    return api.session().current();
  }

  /**
   * Logs in. The session is kept, and takes the place of the one before, which does not end by that.
   *
   * @throws ProblemException if name or password are wrong
   */
  public Tokens login(String username, String password) {
    return login(username, password, null);
  }

  /** Logs in on a device that has a name, a key or an address. */
  public Tokens login(String username, String password, @Nullable Device device) {
    Tokens tokens = api.session().login(username, password, device);
    sender.resume();
    return tokens;
  }

  /** Ends the session here and at the server; where the server does not answer, it is still there. */
  public void logout() {
    logout(/* everywhere= */ false);
  }

  /** @param everywhere whether all other sessions of the user end too */
  public void logout(boolean everywhere) {
    try {
      api.run(Call.post("/v1/logout", Map.of("everywhere", everywhere)).expecting(204));
    } catch (SessionEndedException e) {
      // It has ended already.
    }
    api.session().forget();
  }

  /**
   * Sends a message: once, however often the connection breaks, and after those that were sent before it into the same
   * conversation. Returns when it is in the outbox.
   *
   * @return the stored message. It fails with {@link ProblemException} if the server will not take it; and with another
   *     {@link KnatterException} if the session or the client ends first: then it stays in the outbox, and is sent by the next
   *     client that has this outbox and user.
   */
  public CompletableFuture<Message> send(Draft draft) {
    return sender.send(draft);
  }

  /**
   * Waits until everything that this client had to send has its end.
   *
   * @return whether it has; not if there was no time left, or if messages wait for a login, also that of a user before
   */
  public boolean flush(Duration within) throws InterruptedException {
    return sender.flush(within);
  }

  /**
   * Tells a listener of everything new in the conversations of who is logged in: over a WebSocket, Server-Sent Events, or long
   * polls, whatever works.
   *
   * @param cursor from {@link Listener#cursor} or a page of the inbox, however old; null for what is new from now on
   */
  public Following follow(@Nullable String cursor, Listener listener) {
    Follower follower = Follower.start(api, clock, cursor, listener);
    followers.removeIf(Follower::ended);
    followers.add(follower);
    return follower;
  }

  /**
   * Asks all functions at once that the first screen of an app needs: with the renewal where there is a session, else with the
   * login. In an installation that sleeps, the app then waits for one cold start, and not for one after the other. Nobody has to
   * wait for the result, which never fails.
   */
  public CompletableFuture<Void> wake() {
    String first = session().isPresent() ? "/v1/refresh" : "/v1/login";
    return wake(List.of(first, "/v1/conversations", "/v1/messages", "/v1/stream")); // any more would slow down these
  }

  /**
   * Asks all functions at once that will be needed next. Nobody has to wait for the result, which never fails.
   *
   * @param paths one of each function, like {@code /v1/send}
   */
  public CompletableFuture<Void> wake(Collection<String> paths) {
    return CompletableFuture.allOf(paths.stream()
      .map(path -> api.transport().touch(Call.options(path)))
      .toArray(CompletableFuture[]::new));
  }

  public Accounts accounts() {
    return new Accounts(api);
  }

  public People people() {
    return new People(api);
  }

  public Messages messages() {
    return new Messages(api);
  }

  public Conversations conversations() {
    return new Conversations(api);
  }

  public Webhooks webhooks() {
    return new Webhooks(api);
  }

  public DeadLetters deadLetters() {
    return new DeadLetters(api);
  }

  /** For operations that this library does not have. */
  public Api api() {
    return api;
  }

  /** Ends what follows and stops sending. Messages that were not answered stay in the outbox. */
  @Override
  public void close() {
    followers.forEach(Follower::close);
    sender.close();
  }
}
