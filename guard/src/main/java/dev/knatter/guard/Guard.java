package dev.knatter.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import dev.knatter.chat.limit.ReplayCheck;
import dev.knatter.chat.limit.RequestMemory;
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
 * few headers of {@link Inbound} and what the guard found out; it answers with a message or throws a
 * {@link DomainError}. What leaves is always a message, with a problem document (RFC 9457) where something was
 * refused.
 *
 * <p>Of the caller's headers only {@code Authorization} is believed: other adapters copy every one of them into the
 * message. {@code callerAddress} counts only as an {@link InetAddress}, and {@code waiting} only as an {@link Executor},
 * which such a copy never is.
 */
public final class Guard {
  private static final String IDENTITY = "knatter-identity";
  private static final String VERDICT = "knatter-verdict";
  private static final String SESSION = "knatter-session";
  private static final String NOTICED = "knatter-noticed";

  private final Env env;
  private final Stores stores;
  private final Admission admission;
  private @Nullable Authenticator callers;
  private @Nullable Revocations revocations;

  private Guard(Env env, Stores stores) {
    this.env = env;
    this.stores = stores;
    this.admission = new Admission(stores.redis());
  }

  public static Guard create(Env env, Stores stores) {
    return new Guard(env, stores);
  }

  /** Whom the token speaks for, of a message that a function was given by {@code bearer}. */
  public static Identity identity(Message<?> message) {
    if (message.getHeaders().get(IDENTITY) instanceof Identity identity) {
      return identity;
    }
    throw new IllegalStateException("The function is not wrapped by bearer.");
  }

  /** What is remembered of a message that a function was given by {@code bearer}. */
  public static ReplayCheck verdict(Message<?> message) {
    return message.getHeaders().get(VERDICT) instanceof ReplayCheck verdict ? verdict : ReplayCheck.UNKNOWN;
  }

  /**
   * What a function that was given a message by {@code bearerWaiting} waits in: runs a wait on the calling thread, where
   * caller and process may have one more wait, and throws a {@link DomainError} where not.
   */
  public static Executor waiting(Message<?> message) {
    if (message.getHeaders().get(Inbound.WAITING) instanceof Executor waiting) {
      return waiting;
    }
    throw new IllegalStateException("The function is not wrapped by bearerWaiting.");
  }

  /** Where a message comes from; null where nobody knows. */
  public static @Nullable Network network(Message<?> message) {
    return message.getHeaders().get(Inbound.ADDRESS) instanceof InetAddress address
        ? Network.of(address)
        : null;
  }

  /** Whether what is remembered about the caller may be old, of a message that a function was given by {@code bearer}. */
  public static boolean noticed(Message<?> message) {
    return Boolean.TRUE.equals(message.getHeaders().get(NOTICED));
  }

  /**
   * Asks again whether the session of a message that a function was given by {@code bearer} is open, for functions that
   * take long and are to end with it within five seconds: run it every two. Throws as the guard does itself.
   */
  public static Runnable session(Message<?> message) {
    if (message.getHeaders().get(SESSION) instanceof Runnable session) {
      return session;
    }
    throw new IllegalStateException("The function is not wrapped by bearer.");
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
      Network network = network(inbound);
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
   * For those with a token, answered within {@link Deadline#REQUEST}.
   *
   * @param limit the id of a limit that counts by user
   */
  public <I> Function<Message<I>, Message<?>> bearer(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    return bearer(limit, _ -> null, function);
  }

  /**
   * The same for a function that can be tried again.
   *
   * @param memory what to remember of a message, which has its {@link #identity} by then; the function reads the
   *               {@link #verdict}
   */
  public <I> Function<Message<I>, Message<?>> bearer(String limit,
      Function<Message<I>, @Nullable RequestMemory> memory,
      Function<Message<I>, ? extends Message<?>> function) {
    Function<Message<I>, Message<?>> checked = checked(limit, memory, function);
    return message -> answer(() -> Deadline.within(Deadline.REQUEST, () -> checked.apply(message)));
  }

  /**
   * For those with a token and for a function that waits for something: it must itself bound its store calls, and wait in
   * {@link #waiting}.
   */
  public <I> Function<Message<I>, Message<?>> bearerWaiting(String limit,
      Function<Message<I>, ? extends Message<?>> function) {
    ConcurrencyLimiter waits = new ConcurrencyLimiter(ConcurrencyLimit.WAITING);
    Function<Message<I>, Message<?>> checked = checked(limit, _ -> null, message -> {
      Executor adapter = message.getHeaders().get(Inbound.WAITING) instanceof Executor given
          ? given
          : Runnable::run;
      try (CountedWait wait = new CountedWait(waits, identity(message).userId(), adapter)) {
        Map<String, Object> headers = new HashMap<>(message.getHeaders());
        headers.put(Inbound.WAITING, wait);
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
      Function<Message<I>, @Nullable RequestMemory> memory,
      Function<Message<I>, ? extends Message<?>> function) {
    RateLimit rate = limit(limit, Scope.USER);
    Authenticator callers = callers();
    Revocations sessions = revocations();
    return message -> {
      Optional<String> token = BearerToken.of(message.getHeaders());
      if (token.isEmpty()) {
        throw new Unauthenticated("An access token is needed.");
      }
      Identity caller;
      try {
        caller = callers.of(token.get());
        sessions.requireLive(caller);
      } catch (Unauthenticated e) {
        return Problems.invalidToken(e);
      }
      Inbound<I> inbound = Inbound.of(message);
      Message<I> known = inbound.with(Map.of(IDENTITY, caller));
      Admitted admitted = admission.admit(rate, caller.userId().toString(), memory.apply(known));
      Runnable session = () -> sessions.requireStillLive(caller);
      return LimitHeaders.add(admitted,
          function.apply(inbound.with(Map.of(IDENTITY, caller, VERDICT, admitted.verdict(), NOTICED,
              admitted.noticed(), SESSION, session))));
    };
  }

  /** One for all functions of the process; none where none of them asks, and so no keys are needed. */
  private synchronized Authenticator callers() {
    if (callers == null) {
      callers = Authenticator.from(env, stores);
    }
    return callers;
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
