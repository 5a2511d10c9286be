package dev.knatter.functions.messages;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.LongPoll;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import dev.knatter.guard.Caller;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Deadline;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Reads a page of messages that the caller may read. */
final class MessagesFunction implements Function<Message<MessagesQuery>, Message<PageAnswer>> {
  private final Usernames names;
  private final MessageViews views;
  private final Memberships memberships;
  private final Pages pages;
  private final LongPoll longPoll;
  private final Cursors cursors;
  private final Clock clock;

  MessagesFunction(Usernames names, MessageViews views, Memberships memberships, Pages pages,
      LongPoll longPoll, Cursors cursors, Clock clock) {
    this.names = names;
    this.views = views;
    this.memberships = memberships;
    this.pages = pages;
    this.longPoll = longPoll;
    this.cursors = cursors;
    this.clock = clock;
  }

  @Override
  public Message<PageAnswer> apply(Message<MessagesQuery> message) {
    MessagesQuery query = message.getPayload();
    UUID conversation = query.check();
    Caller caller = Caller.of(message);
    Identity identity = caller.identity();
    names.remember(identity.userId(), identity.username());
    if (query.waits()) {
      caller.waiting().execute(() -> {}); // counted before the first read, so that a refused request costs no read
    }
    return Deadline.renewed(() -> read(caller, query, conversation));
  }

  private Message<PageAnswer> read(Caller from, MessagesQuery query, @Nullable UUID conversation) {
    UUID caller = from.identity().userId();
    Scope scope = scope(caller, query.with(), conversation);
    String after = query.after();
    if (after != null) {
      CursorPosition position = cursors.open(caller, scope, Direction.AFTER, after);
      Page page = longPoll.after(caller, scope, position, query.size(), query.waitTime(),
          () -> again(from, scope, conversation), from.waiting());
      // The wait may have used up the request's deadline.
      return Deadline.renewed(() -> answer(caller, scope, Direction.AFTER, page));
    }
    String before = query.before();
    Page page = before == null
        ? pages.newest(scope, query.size())
        : pages.before(scope, cursors.open(caller, scope, Direction.BEFORE, before), query.size());
    return answer(caller, scope, Direction.BEFORE, page);
  }

  /**
   * The scope as it is after some time of waiting. Throws if the caller's session has ended, or the caller has left the
   * conversation.
   */
  private Scope again(Caller from, Scope before, @Nullable UUID conversation) {
    from.session().run();
    return conversation == null
        ? before
        : Scope.of(memberships.require(conversation, from.identity().userId()));
  }

  private Scope scope(UUID caller, @Nullable String with, @Nullable UUID conversation) {
    if (conversation != null) {
      return Scope.of(memberships.require(conversation, caller));
    }
    if (with == null) {
      return Scope.inbox(caller);
    }
    UUID other = names.id(with).orElseThrow(() -> new NotFound("There is no such user."));
    return Scope.conversation(Conversation.direct(caller, other).id());
  }

  private Message<PageAnswer> answer(UUID caller, Scope scope, Direction direction, Page page) {
    return new GenericMessage<>(
        new PageAnswer(views.of(page.messages(), caller), seal(caller, scope, direction, page.next()),
            seal(caller, scope, Direction.AFTER, page.previous()), clock.instant()));
  }

  private @Nullable String seal(UUID caller, Scope scope, Direction direction,
      @Nullable CursorPosition position) {
    return position == null ? null : cursors.seal(caller, scope, direction, position);
  }
}
