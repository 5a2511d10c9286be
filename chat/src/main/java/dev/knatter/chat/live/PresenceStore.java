package dev.knatter.chat.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;

/**
 * Who is online: of whom a visible client has said so within {@link #ONLINE}. It is in Redis only, and may be lost. Nothing
 * refreshes it for those who are silent.
 */
final class PresenceStore {
  static final Duration ONLINE = Duration.ofMinutes(5);

  private static final Script SAY = Script.load(PresenceStore.class, "presence-say.lua");
  private static final Script READ = Script.load(PresenceStore.class, "presence-read.lua");
  private static final Duration KEPT = Duration.ofDays(30);

  private final Redis redis;

  /** lastSeen: null if it is not known */
  record Seen(boolean online, @Nullable Instant lastSeen) {
    static Seen of(List<Object> reply, int at) {
      long millis = (Long) reply.get(at + 1);
      return new Seen((Long) reply.get(at) == 1, millis == 0 ? null : Instant.ofEpochMilli(millis));
    }
  }

  PresenceStore(Redis redis) {
    this.redis = redis;
  }

  /** Stores what a client says, and returns what that makes of the user; empty if Redis is away. */
  Optional<Seen> say(UUID user, UUID session, boolean visible) {
    return redis.eval(SAY, List.of(key(user)), session, visible ? ONLINE.toMillis() : 0, KEPT.toMillis())
      .map(reply -> Seen.of(reply, 0));
  }

  /** The presence of some users. Of whom nothing is known is missing. */
  Map<UUID, Seen> of(List<UUID> users) {
    Map<UUID, Seen> found = new HashMap<>();
    for (List<UUID> some : Chunks.of(users, redis.isCluster() ? 1 : Presence.MAX_PARTNERS)) {
      redis.eval(READ, some.stream().map(PresenceStore::key).toList()).ifPresent(reply -> {
        for (int i = 0; i < some.size(); i++) {
          Seen seen = Seen.of(reply, 2 * i);
          if (seen.lastSeen() != null) {
            found.put(some.get(i), seen);
          }
        }
      });
    }
    return found;
  }

  static String key(UUID user) {
    return "live:{" + user + "}:presence";
  }
}
