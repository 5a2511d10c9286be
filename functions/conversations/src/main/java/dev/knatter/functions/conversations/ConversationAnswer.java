package dev.knatter.functions.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.chat.group.ConversationSummary.Group;
import dev.knatter.chat.group.GroupMember;
import dev.knatter.chat.group.GroupState;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.reading.ConversationOverviews.Overview;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in an answer, as the caller sees it.
 *
 * @param kind          direct or group. Only groups have name, version, history, retentionDays and createdAt
 * @param retentionDays absent for ever
 * @param members       usernames: of a group the first who joined, of a direct conversation all
 * @param muted         like unread, more, readUpTo and lastMessage only in answers to queries
 * @param unread        how many messages the caller has not read; more: whether there are more than that
 * @param readUpTo      the id of the last message that the caller has marked as read
 */
public record ConversationAnswer(UUID conversationId, String kind, @Nullable String name,
    @Nullable Integer version, String role, @Nullable String history, @Nullable Integer retentionDays,
    @Nullable Instant createdAt, int memberCount, List<String> members, @Nullable Boolean muted,
    @Nullable Integer unread, @Nullable Boolean more, @Nullable UUID readUpTo,
    @Nullable MessageView lastMessage) {
  private static final int FIRST_MEMBERS = 5;

  /** The users of whom the names are needed. */
  static Stream<UUID> users(ConversationSummary summary, Overview overview) {
    Message last = overview.last();
    return last == null
        ? summary.firstMembers().stream()
        : Stream.concat(summary.firstMembers().stream(),
            Stream.of(last.sender(), last.recipient()).filter(Objects::nonNull));
  }

  /** @param names usernames by user id; erased users are missing */
  static ConversationAnswer of(ConversationSummary summary, Overview overview, Map<UUID, String> names) {
    Group group = summary.group();
    Message last = overview.last();
    return new ConversationAnswer(summary.id(), group == null ? Conversation.DIRECT : Conversation.GROUP,
        group == null ? null : group.name(), group == null ? null : group.version(), summary.role().text(),
        group == null ? null : group.history().text(),
        group == null ? null : retention(group.retentionDays()),
        group == null ? null : group.createdAt(), summary.memberCount(), names(summary.firstMembers(), names),
        summary.muted(), overview.unread(), overview.more() ? true : null, overview.upTo(),
        last == null ? null : MessageView.of(last, names));
  }

  /** The users of whom the names are needed. */
  static List<UUID> users(GroupState state) {
    return state.members().keySet().stream().limit(FIRST_MEMBERS).toList();
  }

  /** The answer to a command of a member. */
  static ConversationAnswer of(GroupState state, UUID caller, Map<UUID, String> names) {
    String role = state.member(caller).map(GroupMember::role).orElseThrow().text();
    return new ConversationAnswer(state.id(), Conversation.GROUP, state.name(), state.version(), role,
        state.history().text(), retention(state.retentionDays()), state.createdAt(), state.members().size(),
        names(users(state), names), null, null, null, null, null);
  }

  private static @Nullable Integer retention(int days) {
    return days == 0 ? null : days;
  }

  private static List<String> names(List<UUID> users, Map<UUID, String> names) {
    return users.stream().map(user -> names.getOrDefault(user, MessageView.ERASED)).toList();
  }

  /** Leaves the text of people out, because it may be logged. */
  @Override
  public String toString() {
    return "ConversationAnswer[" + conversationId + "]";
  }
}
