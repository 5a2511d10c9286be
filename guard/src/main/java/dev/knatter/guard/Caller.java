package dev.knatter.guard;

import java.net.InetAddress;
import java.util.concurrent.Executor;

import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.ReplayCheck;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * The caller of a function that the guard wraps by {@code bearer} or {@code bearerWaiting}, and what the guard knows
 * about the request.
 *
 * @param identity    the user and session that the token names
 * @param network     the caller's network; null if the adapter does not know it
 * @param replay      how the request compares with an earlier one of the same client id
 * @param invalidated whether cached data about the caller may be out of date
 * @param session     checks again whether the caller's session is open, and throws a {@link DomainError} if it has
 *     ended. A function that runs for long calls it every two seconds, so that it stops within five
 * @param waiting     runs a wait on the calling thread, if the caller and the process may have one more waiting
 *     request, and throws a {@link DomainError} if not; only for functions that are wrapped by {@code bearerWaiting}
 */
public record Caller(Identity identity, @Nullable Network network, ReplayCheck replay, boolean invalidated,
    Runnable session, Executor waiting) {
  static final String HEADER = "knatter-caller";

  /** The caller of a message that the guard passed to a function. */
  public static Caller of(Message<?> message) {
    if (message.getHeaders().get(HEADER) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("The function is not wrapped by bearer.");
  }

  /** The network of a message's sender, for any wrapped function; null if the adapter does not know it. */
  public static @Nullable Network network(Message<?> message) {
    return message.getHeaders().get(Inbound.ADDRESS) instanceof InetAddress address
        ? Network.of(address)
        : null;
  }

  Caller waitingIn(Executor executor) {
    return new Caller(identity, network, replay, invalidated, session, executor);
  }
}
