package dev.knatter.client.session;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import dev.knatter.client.http.Attempts;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.http.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The session of a client. It renews the access token before it ends, and when it is refused: one renewal at a time, whose
 * answer all who wait for it take.
 */
public final class Session {
  private final Transport transport;
  private final Attempts attempts;
  private final SessionStore store;
  private final Clock clock;
  private final Lock renewing = new ReentrantLock();
  private volatile @Nullable StoredSession current;

  public Session(Transport transport, Attempts attempts, SessionStore store, Clock clock) {
    this.transport = transport;
    this.attempts = attempts;
    this.store = store;
    this.clock = clock;
    this.current = store.load().orElse(null);
  }

  /** Who is logged in. */
  public Optional<StoredSession> current() {
    return Optional.ofNullable(current);
  }

  /** @throws SessionEndedException if nobody is logged in */
  public StoredSession required() {
    StoredSession session = current;
    if (session == null) {
      throw new SessionEndedException("Nobody is logged in.");
    }
    return session;
  }

  /**
   * Opens a session, which takes the place of the one before.
   *
   * @throws ProblemException if name or password are wrong
   */
  public Tokens login(String username, String password, @Nullable Device device) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("username", username, "password", password));
    if (device != null) {
      body.put("device", device);
    }
    Instant asked = clock.instant();
    Tokens tokens = tokens("/v1/login", body);
    renewing.lock(); // a renewal of the session before must not be stored after it
    try {
      store.exclusively(() -> keep(StoredSession.of(username, tokens, asked)));
    } finally {
      renewing.unlock();
    }
    return tokens;
  }

  private Tokens tokens(String path, Object body) {
    return attempts.of(Call.post(path, body).withoutSession(), call -> transport.exchange(call, null),
        reply -> reply.read(Tokens.class));
  }

  private void keep(StoredSession session) {
    store.save(session);
    current = session;
  }

  /** Forgets the session here. It does not end it. */
  public void forget() {
    renewing.lock(); // or a renewal, here or in another program, would store the session again
    try {
      store.exclusively(this::clear);
    } finally {
      renewing.unlock();
    }
  }

  private void clear() {
    store.clear();
    current = null;
  }

  /**
   * The token for the next request of a user.
   *
   * @throws SessionEndedException if they are not logged in any more, also if somebody else is
   */
  public String token(UUID user) {
    StoredSession session = of(user);
    return endsSoon(session) ? renewed(user, session.accessToken()) : session.accessToken();
  }

  private StoredSession of(UUID user) {
    StoredSession session = required();
    if (!session.userId().equals(user)) {
      throw new SessionEndedException("Somebody else is logged in.");
    }
    return session;
  }

  private boolean endsSoon(StoredSession session) {
    return session.renewAt().isBefore(clock.instant());
  }

  /**
   * The token that follows one which was refused or ends.
   *
   * @throws SessionEndedException if the session has ended
   */
  public String renewed(UUID user, String spent) {
    renewing.lock();
    try {
      StoredSession known = of(user);
      if (known.accessToken().equals(spent) || endsSoon(known)) {
        store.exclusively(() -> renewedInTurn(spent));
      }
      return of(user).accessToken(); // of this renewal, or of somebody's whom this one has waited for
    } finally {
      renewing.unlock();
    }
  }

  private void renewedInTurn(String spent) {
    StoredSession stored = store.load().orElse(null);
    if (stored == null) {
      current = null;
      throw new SessionEndedException("The session has ended.");
    }
    if (!stored.accessToken().equals(spent) && !endsSoon(stored)) {
      current = stored; // another program has renewed it
      return;
    }
    Instant asked = clock.instant();
    try {
      Tokens tokens = tokens("/v1/refresh", Map.of("refreshToken", stored.refreshToken()));
      keep(StoredSession.of(stored.username(), tokens, asked));
    } catch (ProblemException e) {
      if (e.problem().is(Problem.UNAUTHENTICATED)) {
        clear();
        throw new SessionEndedException("The session has ended.");
      }
      throw e;
    }
  }
}
