package dev.knatter.chat.conversation;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import org.jspecify.annotations.Nullable;

/**
 * A conversation. Its id tells its kind: a direct conversation has a UUID of version 8, and a group one of version 4.
 *
 * @param members user ids, sorted, at most {@value #MAX_MEMBERS}; only one in a note to oneself
 */
public record Conversation(UUID id, String kind, List<UUID> members) {
  public static final String DIRECT = "direct";
  public static final String GROUP = "group";
  public static final int MAX_MEMBERS = 64;

  /** The direct conversation of two users, or of one with themselves. Its id is a hash of theirs: nobody creates it. */
  public static Conversation direct(UUID one, UUID other) {
    List<UUID> members = Stream.of(one, other).distinct().sorted().toList();
    Digest digest = new Digest().add(DIRECT);
    members.forEach(digest::add);
    return new Conversation(Uuid8.of(digest), DIRECT, members); // it cannot equal a message's id, which has version 7
  }

  /**
   * The id of the group that a user creates by a request of this key. The bits are those of a hash: whoever repeats the
   * request gets the same group.
   */
  public static UUID groupId(UUID creator, String key) {
    UUID hash = Uuid8.of(new Digest().add(GROUP).add(creator).add(key));
    return new UUID((hash.getMostSignificantBits() & ~0xF000L) | 0x4000L, hash.getLeastSignificantBits());
  }

  /** Whether an id is that of a group. No store is needed to know it. */
  public static boolean isGroup(UUID conversation) {
    return conversation.version() == 4;
  }

  public boolean has(UUID user) {
    return members.contains(user);
  }

  /** The other member of a direct conversation, or the sender in a note to oneself. Null in other conversations. */
  public @Nullable UUID recipientOf(UUID sender) {
    if (!kind.equals(DIRECT)) {
      return null;
    }
    return members.getFirst().equals(sender) ? members.getLast() : members.getFirst();
  }
}
