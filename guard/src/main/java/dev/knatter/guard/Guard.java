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
import dev.knatter.chat.limit.RequestMemory;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Deadline;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revocations;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Wraps functions, so that none of them has to ask who calls. A wrapped function sees a message with the input, the
 * few headers of {@link Inbound} and its {@link Caller}; it answers with a message or throws a
 * {@link DomainError}. What leaves is always a message, with a problem document (RFC 9457) where something was
 * refused.
 *
 * <p>Of the caller's headers only {@code Authorization} is believed: other adapters copy every one of them into the
 * message. {@code callerAddress} counts only as a {@link java.net.InetAddress}, and {@code waiting} only as an {@link Executor},
 * which such a copy never is.
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
   * For anybody, answered within {@link Deadline#REQUEST}. Also counted by address, where the limit has such a row and
   * the address is known.
   *
   * @param limit the id of a limit that counts by something in the input
   * @param key   that (a username in its stored form, a session id); may throw a {@link DomainError}
   */
  public <I> Function<Message<I>, Message<?>> open(String limit, Function<I, String> key,
      Function<Message<I>, ? extends Message<?>> function) {
    RateLimit rate = limit(limit, Scope.USERNAME, Scope.SESSION);
    return open(limit, message -> {
      // What is left of the bucket stays unsaid: it would tell strangers how busy the name's owner is.
      admission.admit(rate, key.apply(message.getPayload()), null);
      return function.apply(message);
    });
  }

  /** The same for a function that counts by itself what its input names: here it is counted by address alone. */
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

  /** For anybody, as often as he likes: for answers that are at hand. */
  public static <I> Function<Message<I>, Message<?>> unlimited(
      Function<Message<I>, ? extends Message<?>> function) {
    return message -> answer(() -> function.apply(Inbound.of(message).with(Map.of())));
  }

  /**
   * For those with a token, answered within {@link Deadline#REQUEST}; the function reads its {@link Caller}. What is
   * remembered of a {@link Repeatable} input is in {@link Caller#replay}.
   *
   * @param limit the id of a limit that counts by user
   */
  public <I> Function<Message<I>, Message<?>> bearer(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    Function<Message<I>, Message<?>> checked = checked(limit, function);
    return message -> answer(() -> Deadline.within(Deadline.REQUEST, () -> checked.apply(message)));
  }

  /**
   * For those with a token and for a function that waits for something: it must itself bound its store calls, and wait in
   * {@link Caller#waiting}.
   */
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

  /** For the events of a service that only the cluster reaches: there is nobody to ask, and nobody to hurry. */
  public <I> Function<Message<I>, Message<?>> event(Function<Message<I>, ? extends Message<?>> function) {
    return message -> answer(() -> function.apply(Inbound.of(message).with(Map.of())));
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
      Inbound<I> inbound = Inbound.of(message);
      Message<I> request = inbound.with(Map.of());
      Admitted admitted = admission.admit(rate, identity.userId().toString(), memory(request));
      Caller caller = new Caller(identity, Caller.network(request), admitted.verdict(), admitted.noticed(),
          () -> sessions.requireStillLive(identity), Guard::refuseToWait);
      return LimitHeaders.add(admitted, function.apply(inbound.with(Map.of(Caller.HEADER, caller))));
    };
  }

  /** What to remember of a request; null where it cannot be sent again, or names no id. */
  private static @Nullable RequestMemory memory(Message<?> message) {
    if (!(message.getPayload() instanceof Repeatable request)) {
      return null;
    }
    String inBody = request.clientId();
    IdempotencyKey key = IdempotencyKey.check(new Checks(), message);
    UUID id = inBody != null ? IdempotencyKey.uuid7(inBody) : key == null ? null : key.clientId();
    return id == null ? null : new RequestMemory(id.toString(), request.fingerprint());
  }

  private static void refuseToWait(Runnable wait) {
    throw new IllegalStateException("The function is not wrapped by bearerWaiting.");
  }

  /** One for all functions of the process; none where none of them asks, and so no keys are needed. */
  private synchronized Authenticator authenticator() {
    if (authenticator == null) {
      authenticator = Authenticator.from(env, stores);
    }
    return authenticator;
  }

  /** One for all operations of a process, and none where no operation needs a token. */
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

  private static Message<?> answer(Callable<Message<?>> call) {
    try {
      return call.call();
    } catch (DomainError e) {
      return Problems.of(e);
    } catch (Exception e) {
      return Problems.internal(Failures.report(e));
    }
  }
}
