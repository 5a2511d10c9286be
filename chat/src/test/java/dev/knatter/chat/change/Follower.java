package dev.knatter.chat.change;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;

/** A client that follows the inbox of its user from a cursor, and keeps the latest state of each message. */
public final class Follower {
  private final Pages pages;
  private final Scope scope;
  private final Map<UUID, Message> messages = new HashMap<>();
  private CursorPosition position;

  public Follower(Pages pages, UUID user) {
    this.pages = pages;
    this.scope = Scope.inbox(user);
    Page newest = pages.newest(scope, 100);
    newest.messages().forEach(this::keep);
    this.position = Objects.requireNonNull(newest.previous());
  }

  private void keep(Message message) {
    messages.merge(message.id(), message, Message::latest);
  }

  /** Reads all that is new. Returns how many messages came. */
  public int read() {
    int count = 0;
    Page page;
    do {
      page = pages.after(scope, position, 100);
      page.messages().forEach(this::keep);
      position = Objects.requireNonNull(page.next());
      count += page.messages().size();
    } while (!page.messages().isEmpty());
    return count;
  }

  public Map<UUID, Message> messages() {
    return messages;
  }
}
