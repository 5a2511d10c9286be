package dev.knatter.functions.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.knatter.chat.live.Channel;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.token.Identity;

/** Whose sessions are behind the channels of sessions, and which of these sessions have ended. */
final class ExpectedSessions {
  /** A channel has to be subscribed to this long after its session was announced, or else it is forgotten. */
  private static final long UNUSED_NANOS = Duration.ofMinutes(1).toNanos();

  private final HeldGuard guard;
  private final Map<String, Expected> identities = new ConcurrentHashMap<>();

  /** Whose session a channel stands for. sinceNanos: when the last connection with it was opened */
  private record Expected(Identity identity, long sinceNanos) {}

  ExpectedSessions(HeldGuard guard) {
    this.guard = guard;
  }

  /** Announces whose session is behind the channel of a session that is about to be subscribed. */
  void expect(Identity identity) {
    identities.put(Channel.session(identity.sessionId()), new Expected(identity, System.nanoTime()));
  }

  /**
   * The channels whose sessions have ended, as the store says. Forgets the sessions of other channels.
   *
   * @param channels of sessions, to which connections are subscribed
   * @param now      {@link System#nanoTime}
   */
  Set<String> ended(Set<String> channels, long now) {
    identities.entrySet()
      .removeIf(known -> !channels.contains(known.getKey())
          && now - known.getValue().sinceNanos() > UNUSED_NANOS);
    Set<String> ended = new HashSet<>();
    for (String channel : channels) {
      Expected known = identities.get(channel);
      try {
        if (known != null) {
          guard.requireStillLive(known.identity());
        }
      } catch (Unauthenticated e) {
        ended.add(channel);
      } catch (DomainError e) {
        break; // the store is away, and nobody can end a session there
      }
    }
    return ended;
  }
}
