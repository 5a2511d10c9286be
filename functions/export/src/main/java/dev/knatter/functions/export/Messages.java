package dev.knatter.functions.export;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;

/** What a user sent and received, oldest first: a walk through his inbox towards the present. */
record Messages(Pages pages, Cursors cursors, Usernames names) {
  /** So few that a process has room for many who read large messages. */
  static final int PAGE = 50;

  Page after(UUID user, CursorPosition place) {
    return pages.after(Scope.inbox(user), place, PAGE);
  }

  List<MessageView> named(Page page) {
    Map<UUID, String> known = names.of(page.messages()
      .stream()
      .flatMap(message -> Stream.of(message.sender(), message.recipient()))
      .filter(Objects::nonNull)
      .toList());
    return page.messages().stream().map(each -> MessageView.of(each, known)).toList();
  }

  /** The same as a reader of the inbox gets, so that either may go on where the other was. */
  String cursor(UUID user, CursorPosition place) {
    return cursors.seal(user, Scope.inbox(user), Direction.AFTER, place);
  }

  CursorPosition open(UUID user, String cursor) {
    return cursors.open(user, Scope.inbox(user), Direction.AFTER, cursor);
  }
}
