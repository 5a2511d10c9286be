package dev.knatter.chat.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.MemberRows;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.ConversationSummary.Group;
import dev.knatter.chat.group.ConversationsOfUser.Entry;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** What members ask about their conversations. Whatever a command has answered before, a query finds. */
public final class ConversationQueries {
  private static final int AT_ONCE = 100;

  private final Cassandra cassandra;
  private final Conversations direct;
  private final ConversationsOfUser ofUsers;
  private final GroupRepair repair;
  private final Cql selectOne;
  private final Cql selectMembers;

  /** A page of a list. next: the position at which the next page begins; null after the last page. */
  public record Page<T>(List<T> items, @Nullable UUID next) {}

  /** A member in a list. */
  public record Listed(UUID user, Role role, Instant joinedAt) {}

  public ConversationQueries(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.direct = new Conversations(cassandra);
    this.ofUsers = new ConversationsOfUser(cassandra);
    this.repair = new GroupRepair(cassandra);
    this.selectOne = cassandra
      .cql("SELECT role, floor, version, name, created_at, history, retention, longest_retention,"
          + " member_count, first_members, deleted_at FROM conversation_members WHERE conversation_id = ? AND user_id = ?");
    this.selectMembers = cassandra.cql("SELECT user_id, role, joined_at FROM conversation_members"
        + " WHERE conversation_id = ? AND user_id > ? LIMIT ?");
  }

  /**
   * A page of a user's conversations, the newest activity first. A conversation that becomes active while the pages are read
   * moves to the first page.
   *
   * @param before the position after which the page begins; null for the first page
   */
  public Page<ConversationSummary> list(UUID user, @Nullable UUID before, int limit) {
    List<ConversationSummary> found = new ArrayList<>();
    List<Entry> left = ofUsers.of(user)
      .stream()
      .filter(entry -> before == null || entry.position().compareTo(before) < 0)
      .toList();
    int read = 0;
    while (found.size() < limit && read < left.size()) {
      List<Entry> some = left.subList(read, Math.min(left.size(), read + limit - found.size()));
      read += some.size();
      found.addAll(summaries(user, some)); // fewer, if groups were deleted
    }
    return new Page<>(found, read < left.size() ? left.get(read - 1).position() : null);
  }

  /** All groups of a user. */
  public List<ConversationSummary> groups(UUID user) {
    List<ConversationSummary> found = new ArrayList<>();
    Chunks.of(ofUsers.entriesOfGroups(user), AT_ONCE).forEach(some -> found.addAll(summaries(user, some)));
    return found;
  }

  private List<ConversationSummary> summaries(UUID user, List<Entry> entries) {
    List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
    for (Entry entry : entries) {
      if (Conversation.isGroup(entry.conversation())) {
        reads.add(cassandra.submit(selectOne.bind(entry.conversation(), user)));
      }
    }
    Map<UUID, Conversation> two = direct.findAll(entries.stream()
      .map(Entry::conversation)
      .filter(id -> !Conversation.isGroup(id))
      .toList());
    List<ConversationSummary> found = new ArrayList<>();
    int next = 0;
    for (Entry entry : entries) {
      Optional<ConversationSummary> summary = Conversation.isGroup(entry.conversation())
          ? ofGroup(entry, cassandra.join(reads.get(next++)).one())
          : ofDirect(entry, user, two.get(entry.conversation()));
      summary.ifPresent(found::add);
    }
    return found;
  }

  /**
   * One conversation of a user. If a process stopped before it had carried out a command, this does it.
   *
   * @throws NotFound if the user is no member
   */
  public ConversationSummary require(UUID user, UUID conversation) {
    Entry entry = ofUsers.find(user, conversation);
    if (!Conversation.isGroup(conversation)) {
      return ofDirect(entry, user, direct.find(conversation).orElse(null)).orElseThrow(Memberships::notFound);
    }
    repair.repairIfBehind(conversation);
    return ofGroup(entry, cassandra.one(selectOne.bind(conversation, user)))
      .orElseThrow(Memberships::notFound);
  }

  /**
   * A page of a conversation's members, by user id. The caller must have checked that the user is a member.
   *
   * @param after the user id after which the page begins; null for the first page
   */
  public Page<Listed> members(UUID conversation, @Nullable UUID after, int limit) {
    List<Listed> found = new ArrayList<>();
    UUID last = after == null ? new UUID(0, 0) : after; // the first in the order of the store
    while (found.size() < limit) {
      int asked = limit - found.size();
      List<Row> rows = cassandra.all(selectMembers.bind(conversation, last, asked));
      for (Row row : rows) {
        last = Objects.requireNonNull(row.getUuid("user_id"));
        listed(row, last).ifPresent(found::add);
      }
      if (rows.size() < asked) {
        return new Page<>(found, null);
      }
    }
    return new Page<>(found, last);
  }

  private static Optional<Listed> listed(Row row, UUID user) {
    return Role.of(Objects.requireNonNullElse(row.getString("role"), ""))
      .map(role -> new Listed(user, role, Objects.requireNonNull(row.getInstant("joined_at"))));
  }

  private static Optional<ConversationSummary> ofDirect(Entry entry, UUID user, @Nullable Conversation two) {
    return Optional.ofNullable(two)
      .filter(conversation -> conversation.has(user))
      .map(conversation -> new ConversationSummary(entry.conversation(), null, conversation.members().size(),
          conversation.members(), Role.MEMBER, null, entry.muted(), entry.activity()));
  }

  /** Without a version, the rows of a new group are being written: its own columns come last. */
  private static Optional<ConversationSummary> ofGroup(Entry entry, @Nullable Row row) {
    Role role = row == null ? null : MemberRows.role(row);
    if (row == null || role == null) {
      return Optional.empty();
    }
    Group group = new Group(Objects.requireNonNull(row.getString("name")), row.getInt("version"),
        Objects.requireNonNull(row.getInstant("created_at")),
        HistoryPolicy.of(Objects.requireNonNull(row.getString("history"))).orElseThrow(),
        row.getInt("retention"), new LongestRetention(row.getInt("longest_retention")));
    List<UUID> first = Objects.requireNonNullElse(row.getList("first_members", UUID.class), List.of());
    return Optional
      .of(new ConversationSummary(entry.conversation(), group, row.getInt("member_count"), List.copyOf(first),
          role, row.getUuid("floor"), entry.muted(), entry.activity()));
  }
}
