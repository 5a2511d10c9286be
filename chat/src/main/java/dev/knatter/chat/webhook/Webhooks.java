package dev.knatter.chat.webhook;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.chat.account.OpenSessions;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid8;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.RetryPause;

/**
 * The webhooks of users. Every change is a lightweight transaction on the user's partition, as with public keys. A
 * webhook of a session that has ended is not found any more; its row goes when the user needs the place.
 */
public final class Webhooks {
  /** How many webhooks a user may have, those of sessions included. */
  public static final int MAX = 10;
  /** How long a secret signs after it was replaced. */
  public static final Duration OLD_SECRET_SIGNS = Duration.ofHours(24);
  /** How many replaced secrets may sign, so that the header with the signatures stays short. */
  static final int MAX_OLD_SECRETS = 4;
  /** For so long a repeated request gets the secret again, because a client may have lost the answer. */
  private static final Duration REPLAYED = Duration.ofHours(1);
  private static final int ATTEMPTS = 10;

  private final Cassandra cassandra;
  private final Clock clock;
  private final OpenSessions sessions;
  private final SecureRandom random = new SecureRandom();
  private final WebhookStatements statements;
  private final Cql select;
  private final Cql deleteAll;

  /** A created webhook. replayed: whether an earlier request under the same key had created it. */
  public record Created(Webhook webhook, boolean replayed) {}

  public Webhooks(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.sessions = new OpenSessions(cassandra);
    this.statements = new WebhookStatements(cassandra);
    this.select = cassandra.cql(WebhookRows.SELECT);
    this.deleteAll = cassandra.cql("DELETE FROM webhooks WHERE user_id = ?");
  }

  /** The id of the webhook that a user creates under an Idempotency-Key. */
  public static UUID idOf(UUID user, String key) {
    return Uuid8.of(new Digest().add(user).add(key));
  }

  /** The webhooks of a user, by id. */
  public List<Webhook> of(UUID user) {
    return of(List.of(user)).getOrDefault(user, List.of());
  }

  /** The webhooks of some users, by user. Users without any are missing. */
  public Map<UUID, List<Webhook>> of(Collection<UUID> users) {
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new LinkedHashMap<>();
    users.forEach(user -> reads.computeIfAbsent(user, each -> cassandra.submit(select.bind(each))));
    Map<UUID, WebhookRows> found = new LinkedHashMap<>();
    Map<UUID, CompletionStage<AsyncResultSet>> sessionReads = new HashMap<>();
    reads.forEach((user, read) -> {
      WebhookRows rows = WebhookRows.of(cassandra.all(read));
      if (!rows.webhooks().isEmpty()) {
        found.put(user, rows);
      }
      if (!rows.sessions().isEmpty()) {
        sessionReads.put(user, sessions.start(user, rows.sessions()));
      }
    });
    Map<UUID, List<Webhook>> live = new HashMap<>();
    found.forEach((user, rows) -> {
      CompletionStage<AsyncResultSet> read = sessionReads.get(user);
      live.put(user, live(rows, read == null ? Set.of() : sessions.collect(read)));
    });
    return live;
  }

  private static List<Webhook> live(WebhookRows rows, Set<UUID> open) {
    return rows.webhooks()
      .stream()
      .filter(webhook -> webhook.sessionId() == null || open.contains(webhook.sessionId()))
      .toList();
  }

  /** A webhook of a user. */
  public Optional<Webhook> find(UUID user, UUID id) {
    return of(user).stream().filter(webhook -> webhook.id().equals(id)).findFirst();
  }

  /** A webhook of a user, who has named it. */
  public Webhook require(UUID user, UUID id) {
    return find(user, id).orElseThrow(Webhooks::notFound);
  }

  /**
   * Creates a webhook. If the user has one of this id already, the same request had created it: it is returned, for an
   * hour.
   *
   * @throws ClientIdReused if another request had created the webhook of this id, or the hour is over
   * @throws Forbidden if the user has {@value #MAX} webhooks
   */
  public Created create(UUID user, UUID id, NewWebhook wanted) {
    Webhook created = new Webhook(user, id, wanted.url(), wanted.types(), wanted.conversationId(),
        wanted.sessionId(), WebhookSecret.mint(random), new TreeMap<>(), now(), null, null);
    ByteBuffer request = ByteBuffer.wrap(wanted.hash());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WebhookRows current = read(user);
      Optional<Webhook> earlier = current.find(id);
      if (earlier.isPresent()) {
        return replayed(earlier.get(), request.equals(current.requests().get(id)));
      }
      List<BatchableStatement<?>> rows = new ArrayList<>(current.webhooks().size() < MAX
          ? List.of()
          : deleteEnded(user, current));
      rows.add(statements.insert(created, request));
      if (applied(user, current, rows)) {
        return new Created(created, false);
      }
      RetryPause.after(attempt);
    }
    throw busy();
  }

  private Created replayed(Webhook earlier, boolean same) {
    if (!same || clock.instant().isAfter(earlier.createdAt().plus(REPLAYED))) {
      throw new ClientIdReused();
    }
    return new Created(earlier, true);
  }

  /** The statements that make room, by deleting webhooks whose sessions have ended. */
  private List<BatchableStatement<?>> deleteEnded(UUID user, WebhookRows current) {
    Set<UUID> open = current.sessions().isEmpty()
        ? Set.of()
        : sessions.collect(sessions.start(user, current.sessions()));
    List<Webhook> ended = new ArrayList<>(current.webhooks());
    ended.removeAll(live(current, open));
    if (current.webhooks().size() - ended.size() >= MAX) {
      throw new Forbidden("There are " + MAX + " webhooks already. Delete one first.");
    }
    return ended.stream()
      .<BatchableStatement<?>>map(webhook -> statements.delete(user, webhook.id()))
      .toList();
  }

  /**
   * Changes a webhook and returns it.
   *
   * @throws NotFound if the user has no such webhook
   * @throws Forbidden if the URL of a session's webhook is to change, because it is the device's address
   */
  public Webhook change(UUID user, UUID id, WebhookChange change) {
    return update(user, id, current -> {
      if (change.url() != null && current.sessionId() != null && !change.url().equals(current.url())) {
        throw new Forbidden("This webhook is the address of a session's device.");
      }
      return statements.change(current, change);
    });
  }

  /**
   * Gives a webhook another secret. The old one signs too for a day.
   *
   * @throws NotFound if the user has no such webhook
   * @throws Forbidden if {@value #MAX_OLD_SECRETS} old secrets still sign
   */
  public Webhook rotate(UUID user, UUID id) {
    WebhookSecret fresh = WebhookSecret.mint(random);
    return update(user, id, current -> {
      Instant now = now();
      SortedMap<Instant, WebhookSecret> old = new TreeMap<>(current.stillSigning(now));
      if (old.size() >= MAX_OLD_SECRETS) {
        throw new Forbidden("The secret has changed so often that it cannot change again today.");
      }
      Instant until = now.plus(OLD_SECRET_SIGNS);
      while (old.putIfAbsent(until, current.secret()) != null) {
        until = until.plusMillis(1); // two changes in one millisecond
      }
      return List.of(statements.rotate(current, fresh, old));
    });
  }

  /** Deletes a webhook. Does nothing if the user has no such webhook. */
  public void delete(UUID user, UUID id) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WebhookRows current = read(user);
      if (current.find(id).isEmpty()
          || applied(user, current, List.of(statements.delete(user, id)))) {
        return;
      }
      RetryPause.after(attempt);
    }
    throw busy();
  }

  /** Disables a webhook, unless its owner has changed it meanwhile. Returns whether this call has disabled it. */
  boolean disable(Webhook failed, Instant at, String reason) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WebhookRows current = read(failed.userId());
      boolean same = current.find(failed.id())
        .filter(webhook -> webhook.isEnabled() && webhook.url().equals(failed.url()))
        .isPresent();
      if (!same) {
        return false;
      }
      if (applied(failed.userId(), current, List.of(statements.disable(failed, at, reason)))) {
        return true;
      }
      RetryPause.after(attempt);
    }
    throw busy();
  }

  /** How many webhooks a user has. */
  public int count(UUID user) {
    return read(user).webhooks().size();
  }

  /** Deletes all webhooks of an erased user. A change that runs at the same moment may write one after it. */
  public void deleteAll(UUID user) {
    cassandra.execute(deleteAll.bind(user));
  }

  /** Returns the statements that change a webhook; none if nothing has to change. */
  @FunctionalInterface
  private interface Update {
    List<BatchableStatement<?>> rows(Webhook current);
  }

  private Webhook update(UUID user, UUID id, Update update) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WebhookRows current = read(user);
      List<BatchableStatement<?>> rows = update.rows(current.find(id).orElseThrow(Webhooks::notFound));
      if (rows.isEmpty() || applied(user, current, rows)) {
        return require(user, id);
      }
      RetryPause.after(attempt);
    }
    throw busy();
  }

  private WebhookRows read(UUID user) {
    return WebhookRows.of(cassandra.all(select.bind(user)));
  }

  /** Whether nobody has changed the user's webhooks since they were read, and the statements have. */
  private boolean applied(UUID user, WebhookRows current, List<BatchableStatement<?>> rows) {
    List<BatchableStatement<?>> all = new ArrayList<>(rows);
    all.add(statements.count(user, current.changes()));
    return cassandra
      .applied(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, all).setIdempotent(false));
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static NotFound notFound() {
    return new NotFound("There is no such webhook.");
  }

  private static Unavailable busy() {
    return new Unavailable("The webhooks are being changed by others at this moment.");
  }
}
