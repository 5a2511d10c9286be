package dev.knatter.chat.group;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** The state of a group, made by one event after the other. */
final class GroupFold {
  private final UUID id;
  private final Map<UUID, GroupMember> members = new LinkedHashMap<>();
  private int version;
  private String name = "";
  private Instant createdAt = Instant.EPOCH;
  private HistoryPolicy history = HistoryPolicy.ALL;
  private int retentionDays;
  private LongestRetention longest = LongestRetention.FOR_EVER;
  private int joins;
  private @Nullable Instant deletedAt;

  /** A group without events. */
  GroupFold(UUID id) {
    this.id = id;
  }

  /** A group after some events. */
  GroupFold(GroupState from) {
    this(from.id());
    members.putAll(from.members());
    version = from.version();
    name = from.name();
    createdAt = from.createdAt();
    history = from.history();
    retentionDays = from.retentionDays();
    longest = from.longest();
    joins = from.joins();
    deletedAt = from.deletedAt();
  }

  /** The next event must have the next version: a gap means that the log was read wrongly. */
  GroupFold apply(GroupEvent event) {
    if (event.version() != version + 1) {
      throw new IllegalStateException(
          "version " + event.version() + " of group " + id + " follows " + version);
    }
    version = event.version();
    Change change = event.change();
    if (change.name() != null) {
      name = change.name();
    }
    if (change.retentionDays() != null) {
      retentionDays = change.retentionDays();
      longest = version == 1 ? new LongestRetention(retentionDays) : longest.or(retentionDays);
    }
    switch (change.kind()) {
      case CREATED -> create(event);
      case MEMBERS_ADDED -> change.users()
        .forEach(user -> join(event, user, Objects.requireNonNull(change.role()), floor(event)));
      case MEMBER_REMOVED, LEFT -> depart(event);
      case ROLE_CHANGED -> changeRole(change);
      case DELETED -> deletedAt = event.at();
      case CHANGED -> {
      }
    }
    return this;
  }

  GroupState state() {
    return new GroupState(id, version, name, createdAt, history, retentionDays, longest,
        Collections.unmodifiableMap(new LinkedHashMap<>(members)), joins, deletedAt);
  }

  private void create(GroupEvent event) {
    createdAt = event.at();
    history = Objects.requireNonNull(event.change().history());
    for (UUID user : event.change().users()) {
      join(event, user, user.equals(event.actor()) ? Role.OWNER : Role.MEMBER, null);
    }
  }

  private void join(GroupEvent event, UUID user, Role role, @Nullable UUID floor) {
    members.put(user, new GroupMember(user, role, event.version(), event.at(), floor));
    joins++;
  }

  private @Nullable UUID floor(GroupEvent event) {
    return history == HistoryPolicy.ALL ? null : Uuid7.floor(event.at().toEpochMilli());
  }

  private void depart(GroupEvent event) {
    members.remove(event.change().users().getFirst());
    UUID successor = event.change().successor();
    if (successor != null) {
      setRole(successor, Role.OWNER);
    }
    if (members.isEmpty()) {
      deletedAt = event.at();
    }
  }

  private void changeRole(Change change) {
    Role role = Objects.requireNonNull(change.role());
    if (role == Role.OWNER) {
      members.replaceAll((_, member) -> member.role() == Role.OWNER ? member.with(Role.MODERATOR) : member);
    }
    setRole(change.users().getFirst(), role);
  }

  private void setRole(UUID user, Role role) {
    members.computeIfPresent(user, (_, member) -> member.with(role));
  }
}
