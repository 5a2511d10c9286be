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
 * Who calls a function that the guard wraps by {@code bearer} or {@code bearerWaiting}, and what the guard found out on the
 * way.
 *
 * @param identity    whom the token speaks for
 * @param network     where the request comes from; null where the adapter does not know
 * @param replay      what is remembered under the request's client id
 * @param invalidated whether something that processes remember of the caller may have changed within the last minute
 * @param session     asks again whether the caller's session is open and throws a {@link DomainError} where it has ended; a
 *                    function that takes long runs it every two seconds, so that it ends within five
 * @param waiting     runs a wait on the calling thread, where caller and process may have one more, and throws a
 *                    {@link DomainError} where not; for functions wrapped by {@code bearerWaiting} alone
 */
public record Caller(Identity identity, @Nullable Network network, ReplayCheck replay, boolean invalidated,
    Runnable session, Executor waiting) {
  static final String HEADER = "knatter-caller";

  /** Of a message that a function was given by {@code bearer} or {@code bearerWaiting}. */
  public static Caller of(Message<?> message) {
    if (message.getHeaders().get(HEADER) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("The function is not wrapped by bearer.");
  }

  /** Where the message of any wrapped function comes from; null where the adapter does not know. */
  public static @Nullable Network network(Message<?> message) {
    return message.getHeaders().get(Inbound.ADDRESS) instanceof InetAddress address
        ? Network.of(address)
        : null;
  }

  Caller waitingIn(Executor executor) {
    return new Caller(identity, network, replay, invalidated, session, executor);
  }
}
