package dev.knatter.functions.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.chat.account.OpenSessions;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.live.Bell;
import dev.knatter.chat.live.Channel;
import dev.knatter.chat.live.LiveFrame.Hello;
import dev.knatter.chat.live.ProxyConnections;
import dev.knatter.chat.live.Tickets;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.Scope;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideSession;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Opens connections: finds out whose they are and when they end, and subscribes them. */
final class Opening {
  /** The product does not know how long sessions of the outside issuer last. */
  private static final Duration OUTSIDE = Duration.ofHours(1);
  private static final Set<String> QUERY = Set.of("ticket", "cursor");
  private static final String LAST_EVENT = "Last-Event-ID";

  private final HeldGuard guard;
  private final Tickets tickets;
  private final OpenSessions sessions;
  private final Bell bell;
  private final CatchUp catchUp;
  private final Cursors cursors;
  private final LiveChannels channels;
  private final ProxyConnections atProxies;
  private final RevocationRecheck recheck;
  private final StateSeal seal;
  private final Clock clock;

  Opening(HeldGuard guard, Tickets tickets, OpenSessions sessions, Bell bell, CatchUp catchUp,
      Cursors cursors, LiveChannels channels, ProxyConnections atProxies, RevocationRecheck recheck,
      StateSeal seal, Clock clock) {
    this.guard = guard;
    this.tickets = tickets;
    this.sessions = sessions;
    this.bell = bell;
    this.catchUp = catchUp;
    this.cursors = cursors;
    this.channels = channels;
    this.atProxies = atProxies;
    this.recheck = recheck;
    this.seal = seal;
    this.clock = clock;
  }

  Message<?> open(Message<StreamEvent> message) {
    StreamEvent event = message.getPayload();
    String ticket = event.query().get("ticket");
    Callable<Identity> byTicket = ticket == null ? null : () -> tickets.redeem(ticket);
    return guard.open(RateLimit.STREAM, message, byTicket, identity -> {
      String cursor = cursor(event, header(message), identity);
      return new GenericMessage<>(opened(event, identity, cursor));
    });
  }

  private static @Nullable String header(Message<?> message) {
    for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
      if (header.getKey().equalsIgnoreCase(LAST_EVENT) && header.getValue() instanceof String text) {
        return text;
      }
    }
    return null;
  }

  /** The cursor of the request, which only Server-Sent Events have. */
  private @Nullable String cursor(StreamEvent event, @Nullable String lastEvent, Identity identity) {
    event.query().keySet().stream().filter(name -> !QUERY.contains(name)).findFirst().ifPresent(_ -> {
      throw new InvalidRequest("", "has an unknown query parameter; there are ticket and cursor");
    });
    String inQuery = event.query().get("cursor");
    if (event.kind() == StreamEvent.Kind.WEBSOCKET) {
      if (inQuery != null) {
        throw new InvalidRequest("/cursor", "a WebSocket sends its cursor in a sync frame");
      }
      return null;
    }
    String cursor = lastEvent == null || lastEvent.isEmpty() ? inQuery : lastEvent;
    if (cursor != null) {
      var _ = cursors.open(identity.userId(), Scope.inbox(identity.userId()), Direction.AFTER, cursor);
    }
    return cursor;
  }

  private StreamAnswer opened(StreamEvent event, Identity identity, @Nullable String given) {
    UUID user = identity.userId();
    Instant until = Channel.slot(end(identity));
    boolean isOurs = event.holder() == StreamEvent.Holder.PROCESS;
    // A process that holds the connection looks from time to time whether the bell has missed something since now.
    String cursor = given == null && isOurs ? catchUp.present(user) : given;
    Frame hello = Outgoing.frame(Hello.of(user, identity.username(), identity.sessionId(), bell.numbers(user),
        clock.instant(), until));
    List<String> subscribed = channels(identity, until);
    if (isOurs) {
      channels.expect(identity);
    } else {
      recheck.opened(identity, event.connectionId());
      atProxies.opened(user, event.connectionId());
      subscribed.add(Channel.connection(user, event.connectionId()));
    }
    StreamAnswer answer = StreamAnswer.of(hello)
      .subscribe(subscribed)
      .state(seal.seal(event, new ConnectionState(identity, clock.instant(), until, cursor)))
      .key(user.toString());
    return event.kind() == StreamEvent.Kind.SSE ? answer.thenMore() : answer;
  }

  private static List<String> channels(Identity identity, Instant until) {
    List<String> channels = new ArrayList<>(
        List.of(Channel.user(identity.userId()), Channel.session(identity.sessionId()),
            Channel.until(until)));
    OutsideSession outside = identity.outside();
    if (outside != null && !outside.person().equals(outside.id())) {
      channels.add(Channel.session(outside.person()));
    }
    return channels;
  }

  /** The end of the refresh token's life, as it is now: a connection belongs to its session, not to an access token. */
  private Instant end(Identity identity) {
    return identity.outside() != null
        ? clock.instant().plus(OUTSIDE)
        : sessions.end(identity.userId(), identity.sessionId())
          .orElseThrow(() -> new Unauthenticated("The session has ended."));
  }
}
