package dev.knatter.functions.conversations;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.ConversationQueries;
import dev.knatter.chat.group.ConversationQueries.Listed;
import dev.knatter.chat.group.ConversationQueries.Page;
import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.chat.group.ConversationsOfUser;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.chat.reading.ConversationOverviews;
import dev.knatter.chat.reading.ConversationOverviews.Overview;
import dev.knatter.chat.reading.ReadReceipts;
import dev.knatter.chat.reading.ReadReceipts.Receipt;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Shows the caller's conversations, their members and how far those have read, and mutes conversations for the caller. */
final class QueryFunctions {
  private final ConversationQueries queries;
  private final ConversationsOfUser ofUsers;
  private final Memberships memberships;
  private final ConversationOverviews overviews;
  private final ReadReceipts receipts;
  private final Usernames names;
  private final ListCursors conversationCursors;
  private final ListCursors memberCursors;

  QueryFunctions(ConversationQueries queries, ConversationsOfUser ofUsers, Memberships memberships,
      ConversationOverviews overviews, ReadReceipts receipts, Usernames names,
      ListCursors conversationCursors, ListCursors memberCursors) {
    this.queries = queries;
    this.ofUsers = ofUsers;
    this.memberships = memberships;
    this.overviews = overviews;
    this.receipts = receipts;
    this.names = names;
    this.conversationCursors = conversationCursors;
    this.memberCursors = memberCursors;
  }

  Message<ConversationsAnswer> list(Message<ListQuery> message) {
    ListQuery query = message.getPayload();
    int limit = query.checkedLimit();
    UUID before = query.before() == null ? null : conversationCursors.open(query.before(), "/before");
    Page<ConversationSummary> page = queries.list(caller(message), before, limit);
    return new GenericMessage<>(new ConversationsAnswer(answers(caller(message), page.items()),
        cursor(conversationCursors, page.next())));
  }

  Message<ConversationAnswer> get(Message<ConversationPath> message) {
    ConversationSummary found = queries.require(caller(message), message.getPayload().id());
    ConversationAnswer answer = answers(caller(message), List.of(found)).getFirst();
    return new GenericMessage<>(answer,
        answer.version() == null ? Map.of() : Map.of("ETag", EntityTag.of(answer.version())));
  }

  private List<ConversationAnswer> answers(UUID caller, List<ConversationSummary> conversations) {
    Map<UUID, Overview> found = overviews.of(caller, conversations);
    Map<UUID, String> known = names.of(conversations.stream()
      .flatMap(each -> ConversationAnswer.users(each, overview(found, each)))
      .collect(Collectors.toSet()));
    return conversations.stream()
      .map(each -> ConversationAnswer.of(each, overview(found, each), known))
      .toList();
  }

  private static Overview overview(Map<UUID, Overview> found, ConversationSummary conversation) {
    return Objects.requireNonNull(found.get(conversation.id()));
  }

  Message<MembersAnswer> members(Message<MembersQuery> message) {
    MembersQuery query = message.getPayload();
    MembersQuery.Wanted wanted = query.checked();
    UUID after = query.after() == null ? null : memberCursors.open(query.after(), "/after");
    requireMember(wanted.conversation(), message);
    if (!Conversation.isGroup(wanted.conversation())) {
      return new GenericMessage<>(new MembersAnswer(direct(wanted.conversation()), null));
    }
    Page<Listed> page = queries.members(wanted.conversation(), after, wanted.limit());
    Map<UUID, String> known = names.of(page.items().stream().map(Listed::user).toList());
    return new GenericMessage<>(new MembersAnswer(page.items()
      .stream()
      .map(member -> new MembersAnswer.Member(member.user(),
          known.getOrDefault(member.user(), MessageView.ERASED),
          member.role().text(), member.joinedAt()))
      .toList(), cursor(memberCursors, page.next())));
  }

  private List<MembersAnswer.Member> direct(UUID conversation) {
    List<UUID> users = memberships.members(conversation).users();
    Map<UUID, String> known = names.of(users);
    return users.stream()
      .map(user -> new MembersAnswer.Member(user, known.getOrDefault(user, MessageView.ERASED), "member",
          null))
      .toList();
  }

  Message<ReceiptsAnswer> receipts(Message<ConversationPath> message) {
    UUID caller = caller(message);
    List<Receipt> found = receipts.of(caller, queries.require(caller, message.getPayload().id()));
    Map<UUID, String> known = names.of(found.stream().map(Receipt::user).toList());
    return new GenericMessage<>(new ReceiptsAnswer(found.stream()
      .map(receipt -> new ReceiptsAnswer.Receipt(receipt.user(),
          known.getOrDefault(receipt.user(), MessageView.ERASED), receipt.upTo()))
      .toList()));
  }

  Message<String> mute(Message<ConversationPath> message) {
    return mute(message, true);
  }

  Message<String> unmute(Message<ConversationPath> message) {
    return mute(message, false);
  }

  private Message<String> mute(Message<ConversationPath> message, boolean muted) {
    UUID id = message.getPayload().id();
    requireMember(id, message);
    ofUsers.mute(caller(message), id, muted);
    return NoContent.MESSAGE;
  }

  /** From the store, because the caller may have left by the request before. */
  private void requireMember(UUID conversation, Message<?> message) {
    var _ = memberships.present(conversation, caller(message)).orElseThrow(Memberships::notFound);
  }

  private static UUID caller(Message<?> message) {
    return Caller.of(message).identity().userId();
  }

  private static @Nullable String cursor(ListCursors cursors, @Nullable UUID next) {
    return next == null ? null : cursors.seal(next);
  }
}
