package dev.knatter.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.ConcurrencyLimit;
import dev.knatter.chat.limit.ConcurrencyLimiter;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.RateLimit.Scope;
import dev.knatter.chat.limit.RequestFingerprint;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Deadline;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Operators;
import dev.knatter.shared.token.Revocations;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Wraps functions with authentication, rate limits and error mapping. A wrapped function gets a message with the
 * input, the headers of {@link Inbound} and the {@link Caller}. It returns a message or throws a {@link DomainError}.
 * The wrapper always returns a message; for an error, one with a problem document (RFC 9457).
 *
 * <p>Of the caller's headers only {@code Authorization} is trusted, because other adapters copy all headers of a
 * request into the message. {@code callerAddress} counts only as a {@link java.net.InetAddress}, and {@code waiting}
 * only as an {@link Executor}. A copied header is never of these types.
 */
public final class Guard {
  private final Env env;
  private final Stores stores;
  private final Admission admission;
  private @Nullable Authenticator authenticator;
  private @Nullable Revocations revocations;

  private Guard(Env env, Stores stores) {
    this.env = env;
    this.stores = stores;
    this.admission = new Admission(stores.redis());
  }

  public static Guard create(Env env, Stores stores) {
    return new Guard(env, stores);
  }

  /**
   * Wraps a function for callers without a token, answered within {@link Deadline#REQUEST}. If the limit has a
   * variant by address and the caller's address is known, the request is counted by address, too.
   *
   * @param limit the id of a limit that counts by a part of the input
   * @param key   returns that part (a username in its stored form, a session id); may throw a {@link DomainError}
   */
  public <I> Function<Message<I>, Message<?>> open(String limit, Function<Message<I>, String> key,
      Function<Message<I>, ? extends Message<?>> function) {
    RateLimit rate = limit(limit, Scope.USERNAME, Scope.SESSION);
    return open(limit, message -> {
      // The answer does not tell what is left of this bucket, because that would tell strangers how often the user
      // logs in.
      admission.admit(rate, key.apply(message), null);
      return function.apply(message);
    });
  }

  /** Like the other, for a function that counts by its input itself. The guard counts by address only. */
  public <I> Function<Message<I>, Message<?>> open(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    RateLimit rate = limit(limit, Scope.USERNAME, Scope.SESSION, Scope.ADDRESS);
    RateLimit byAddress = rate.scope() == Scope.ADDRESS ? rate : rate.byAddress().orElse(null);
    return message -> answer(() -> Deadline.within(Deadline.REQUEST, () -> {
      Message<I> inbound = Inbound.of(message).with(Map.of());
      Network network = Caller.network(inbound);
      if (byAddress == null || network == null) {
        return function.apply(inbound);
      }
      Admitted admitted = admission.admit(byAddress, network.text(), null);
      return LimitHeaders.add(admitted, function.apply(inbound));
    }));
  }

  /** Wraps a function for callers without a token and without a limit, for answers that cost nothing. */
  public static <I> Function<Message<I>, Message<?>> unlimited(
      Function<Message<I>, ? extends Message<?>> function) {
    return message -> answer(() -> function.apply(Inbound.of(message).with(Map.of())));
  }

  /**
   * Wraps a function for callers with a token, answered within {@link Deadline#REQUEST}. The function reads its
   * {@link Caller}. For a {@link Repeatable} input, {@link Caller#replay} tells about earlier attempts.
   *
   * @param limit the id of a limit that counts by user
   */
  public <I> Function<Message<I>, Message<?>> bearer(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    Function<Message<I>, Message<?>> checked = checked(limit, function);
    return message -> answer(() -> Deadline.within(Deadline.REQUEST, () -> checked.apply(message)));
  }

  /** Like {@code bearer}, for operators only. The token of anybody else lacks a scope and is answered 403. */
  public <I> Function<Message<I>, Message<?>> operator(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    return bearer(limit, message -> Caller.of(message).identity().operator()
        ? function.apply(message)
        : Problems.insufficientScope(Operators.SCOPE));
  }

  /** Like {@code bearer}, for a function that waits in {@link Caller#waiting}. It must limit its store calls itself. */
  public <I> Function<Message<I>, Message<?>> bearerWaiting(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    ConcurrencyLimiter waits = new ConcurrencyLimiter(ConcurrencyLimit.WAITING);
    Function<Message<I>, Message<?>> checked = checked(limit, message -> {
      Executor adapter = message.getHeaders().get(Inbound.WAITING) instanceof Executor given
          ? given
          : Runnable::run;
      Caller caller = Caller.of(message);
      try (CountedWait wait = new CountedWait(waits, caller.identity().userId(), adapter)) {
        Map<String, Object> headers = new HashMap<>(message.getHeaders());
        headers.put(Caller.HEADER, caller.waitingIn(wait));
        return function.apply(new GenericMessage<>(message.getPayload(), headers));
      }
    });
    return message -> answer(() -> checked.apply(message));
  }

  /**
   * Wraps a function for events. Only the cluster can reach it, so it has no token check, limit or deadline. The
   * function's message has the event's attributes as headers with the prefix {@code ce-}.
   */
  public <I> Function<Message<I>, Message<?>> event(Function<Message<I>, ? extends Message<?>> function) {
    return message -> answer(() -> function.apply(Inbound.of(message).with(Inbound.attributes(message))));
  }

  /** What held connections need. */
  public HeldGuard held() {
    return new HeldGuard(authenticator(), revocations(), admission);
  }

  private <I> Function<Message<I>, Message<?>> checked(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    RateLimit rate = limit(limit, Scope.USER);
    Authenticator authenticator = authenticator();
    Revocations sessions = revocations();
    return message -> {
      Optional<String> token = BearerToken.of(message.getHeaders());
      if (token.isEmpty()) {
        throw new Unauthenticated("An access token is needed.");
      }
      Identity identity;
      try {
        identity = authenticator.of(token.get());
        sessions.requireLive(identity);
      } catch (Unauthenticated e) {
        return Problems.invalidToken(e);
      }
      Inbound<I> inbound = Inbound.of(message).withoutCookie();
      Message<I> request = inbound.with(Map.of());
      Admitted admitted = admission.admit(rate, identity.userId().toString(), fingerprint(request));
      Caller caller = new Caller(identity, Caller.network(request), admitted.replay(), admitted.invalidated(),
          () -> sessions.requireStillLive(identity), Guard::refuseToWait);
      return LimitHeaders.add(admitted, function.apply(inbound.with(Map.of(Caller.HEADER, caller))));
    };
  }

  /** The request to remember; null if it is not repeatable or has no id. */
  private static @Nullable RequestFingerprint fingerprint(Message<?> message) {
    if (!(message.getPayload() instanceof Repeatable request)) {
      return null;
    }
    String inBody = request.clientId();
    IdempotencyKey key = IdempotencyKey.check(new Checks(), message);
    UUID id = inBody != null ? IdempotencyKey.uuid7(inBody) : key == null ? null : key.clientId();
    return id == null ? null : new RequestFingerprint(id.toString(), request.fingerprint());
  }

  private static void refuseToWait(Runnable wait) {
    throw new IllegalStateException("The function is not wrapped by bearerWaiting.");
  }

  /** Created when the first function needs it, so that a process without such functions needs no keys. */
  private synchronized Authenticator authenticator() {
    if (authenticator == null) {
      authenticator = Authenticator.from(env, stores);
    }
    return authenticator;
  }

  /** Created when the first function needs it. */
  private synchronized Revocations revocations() {
    if (revocations == null) {
      revocations = new Revocations(stores.cassandra(), stores.clock()).start();
    }
    return revocations;
  }

  private static RateLimit limit(String id, Scope... scopes) {
    RateLimit limit = RateLimit.of(id);
    if (!List.of(scopes).contains(limit.scope())) {
      throw new IllegalArgumentException("The rate limit " + id + " counts by " + limit.scope());
    }
    return limit;
  }

  static Message<?> answer(Callable<Message<?>> call) {
    try {
      return call.call();
    } catch (DomainError e) {
      return Problems.of(e);
    } catch (Exception e) {
      return Problems.internal(Failures.report(e));
    }
  }
}
