package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import dev.knatter.shared.store.Cassandra;

/**
 * The published events about groups. They are made from the events of the log: users are named by their ids, and the names of
 * groups, which people wrote, are left out.
 */
public final class ConversationEvents {
  private static final long VERSION = 0xFFFF_FFFFL;

  private final GroupLog log;

  public ConversationEvents(Cassandra cassandra) {
    this.log = new GroupLog(cassandra);
  }

  /** The event of a reference; empty if the log does not have it. */
  public Optional<ChatEvent> find(EventReference reference) {
    int version = (int) (reference.id().getLeastSignificantBits() & VERSION);
    GroupEvent event = log.events().find(reference.subject(), version);
    if (event == null) {
      return Optional.empty();
    }
    boolean hasEnded = reference.type() == EventType.CONVERSATION_DELETED
        && log.readSerial(reference.subject()).filter(read -> read.state().isDeleted()).isPresent();
    return of(reference.subject(), event, hasEnded).stream()
      .filter(each -> each.reference().equals(reference))
      .findFirst();
  }

  /**
   * What is published about an event of the log.
   *
   * @param hasEnded whether the group is deleted after it
   */
  static List<ChatEvent> of(UUID group, GroupEvent event, boolean hasEnded) {
    List<ChatEvent> published = new ArrayList<>();
    Change change = event.change();
    switch (change.kind()) {
      case CREATED -> published.add(about(group, event, EventType.CONVERSATION_CREATED,
          Map.of("memberIds", change.users())));
      case CHANGED -> {
        if (change.name() != null) {
          published.add(about(group, event, EventType.CONVERSATION_RENAMED, Map.of()));
        }
        if (change.retentionDays() != null) {
          published.add(about(group, event, EventType.RETENTION_CHANGED, Map.of()));
        }
      }
      case MEMBERS_ADDED -> published.add(about(group, event, EventType.MEMBER_ADDED,
          Map.of("memberIds", change.users(), "role", Objects.requireNonNull(change.role()).text())));
      case MEMBER_REMOVED, LEFT -> {
        published
          .add(about(group, event, EventType.MEMBER_REMOVED, Map.of("memberId", change.users().getFirst())));
        if (change.successor() != null) {
          published.add(roleChanged(group, event, change.successor(), Role.OWNER));
        }
      }
      case ROLE_CHANGED -> published
        .add(roleChanged(group, event, change.users().getFirst(), Objects.requireNonNull(change.role())));
      case DELETED -> {
      }
    }
    if (hasEnded) {
      published.add(about(group, event, EventType.CONVERSATION_DELETED, Map.of()));
    }
    return published;
  }

  private static ChatEvent roleChanged(UUID group, GroupEvent event, UUID member, Role role) {
    return about(group, event, EventType.ROLE_CHANGED, Map.of("memberId", member, "role", role.text()));
  }

  private static ChatEvent about(UUID group, GroupEvent event, EventType type, Map<String, Object> more) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("conversationId", group);
    data.put("version", event.version());
    data.put("userId", event.actor());
    data.putAll(more);
    return new ChatEvent(new EventReference(type, group, id(group, event.version())), event.at(), data);
  }

  /** The same for the same version of a group. The last 32 bits are the version, so that a reference leads to the event. */
  static UUID id(UUID group, int version) {
    UUID hash = Uuid8.of(new Digest().add(group));
    return new UUID(hash.getMostSignificantBits(), (hash.getLeastSignificantBits() & ~VERSION) | version);
  }
}
