package dev.knatter.functions.export;

import java.util.List;
import java.util.UUID;

import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;

/** Reads the messages that a user sent and received, oldest first, from the user's inbox. */
record Messages(Pages pages, Cursors cursors, MessageViews views) {
  /** The page size. It is small, so that many exports of large messages fit into memory. */
  static final int PAGE = 50;

  Page after(UUID user, CursorPosition position) {
    return pages.after(Scope.inbox(user), position, PAGE);
  }

  List<MessageView> views(UUID user, Page page) {
    return views.of(page.messages(), user);
  }

  /** The cursor of a position. An inbox has the same cursors, so a client can continue either with the other's. */
  String cursor(UUID user, CursorPosition position) {
    return cursors.seal(user, Scope.inbox(user), Direction.AFTER, position);
  }

  CursorPosition open(UUID user, String cursor) {
    return cursors.open(user, Scope.inbox(user), Direction.AFTER, cursor);
  }
}
