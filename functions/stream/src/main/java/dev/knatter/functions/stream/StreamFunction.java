package dev.knatter.functions.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.chat.account.OpenSessions;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.ProxyConnections;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.TokenIssuer;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Answers the events of connections. All but the first need the state that the first has made, and end the connection where its
 * session has ended meanwhile. A client of a proxy can have an old state sent again, long after its process has forgotten the
 * revocation: then the store tells.
 */
final class StreamFunction implements Function<Message<StreamEvent>, Message<?>> {
  private static final long RETRY_MILLIS = 2_000;
  /** A process forgets a revocation when no access token of its session is valid any more, a little later than this. */
  private static final Duration REVOCATIONS = TokenIssuer.LIFETIME;

  private final Opening opening;
  private final ClientFrames clientFrames;
  private final CatchUp catchUp;
  private final Woken woken;
  private final HeldGuard guard;
  private final OpenSessions sessions;
  private final ProxyConnections atProxies;
  private final StateSeal seal;
  private final Clock clock;

  StreamFunction(Opening opening, ClientFrames clientFrames, CatchUp catchUp, Woken woken, HeldGuard guard,
      OpenSessions sessions, ProxyConnections atProxies, StateSeal seal, Clock clock) {
    this.opening = opening;
    this.clientFrames = clientFrames;
    this.catchUp = catchUp;
    this.woken = woken;
    this.guard = guard;
    this.sessions = sessions;
    this.atProxies = atProxies;
    this.seal = seal;
    this.clock = clock;
  }

  @Override
  public Message<?> apply(Message<StreamEvent> message) {
    StreamEvent event = message.getPayload();
    return switch (event.type()) {
      case OPENED -> opening.open(message);
      case CLOSED -> new GenericMessage<>(closed(event));
      case CONTINUED, TEXT, WOKEN -> new GenericMessage<>(going(event));
    };
  }

  private StreamAnswer closed(StreamEvent event) {
    if (event.holder() == StreamEvent.Holder.PROXY) {
      try {
        atProxies.closed(seal.open(event).identity().userId(), event.connectionId());
      } catch (Unauthenticated e) {
        // It was none of this server's connections.
      }
    }
    return StreamAnswer.nothing();
  }

  private StreamAnswer going(StreamEvent event) {
    ConnectionState state;
    try {
      state = seal.open(event);
      if (!state.until().isAfter(clock.instant())) {
        return Outgoing.end(Bye.EXPIRED);
      }
      guard.requireLive(state.identity());
      if (state.since().plus(REVOCATIONS).isBefore(clock.instant())) {
        Identity identity = state.identity();
        if (identity.outside() != null) {
          return Outgoing.end(Bye.EXPIRED); // the client comes again with a token of the outside issuer
        }
        if (sessions.end(identity.userId(), identity.sessionId()).isEmpty()) {
          return Outgoing.end(Bye.REVOKED);
        }
      }
    } catch (Unauthenticated e) {
      return Outgoing.end(Bye.REVOKED);
    } catch (DomainError e) {
      return away(event);
    }
    String text = event.text() == null ? "" : event.text();
    return switch (event.type()) {
      case CONTINUED -> continued(event, state);
      case TEXT -> clientFrames.answer(state.identity(), text);
      case WOKEN -> woken.answer(event, state, text);
      case OPENED, CLOSED -> StreamAnswer.nothing();
    };
  }

  /** The next page of Server-Sent Events. */
  private StreamAnswer continued(StreamEvent event, ConnectionState state) {
    return HeldGuard.attempt(() -> {
      CatchUp.Read read = catchUp.after(state.identity().userId(), state.cursor());
      StreamAnswer answer = StreamAnswer.nothing()
        .frames(read.withEnd())
        .state(seal.seal(event, state.at(read.cursor())));
      return read.more() ? answer.thenMore() : answer;
    }, _ -> Outgoing.end(Bye.reconnect(RETRY_MILLIS)));
  }

  /** It cannot be told whether the session is still open: the client's frame is refused, and the connection goes on. */
  private StreamAnswer away(StreamEvent event) {
    return switch (event.type()) {
      case CONTINUED -> Outgoing.end(Bye.reconnect(RETRY_MILLIS));
      case TEXT -> clientFrames.away();
      case OPENED, CLOSED, WOKEN -> StreamAnswer.nothing();
    };
  }
}
