package dev.knatter.cli;

import java.util.List;
import java.util.UUID;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.Page;
import org.jspecify.annotations.Nullable;

/** The conversation that the user looks at. */
final class Room {
  private final KnatterClient client;
  private final Target target;
  private final String name;
  private final int pageSize;
  private final Page newest;
  private volatile @Nullable UUID id;
  private @Nullable String earlier;

  private Room(KnatterClient client, Target target, String name, int pageSize, Page newest) {
    this.client = client;
    this.target = target;
    this.name = name;
    this.pageSize = pageSize;
    this.newest = newest;
    this.earlier = newest.next();
    this.id = target instanceof Target.Conversation conversation
        ? conversation.id()
        : newest.messages().stream().map(Message::conversationId).findFirst().orElse(null);
  }

  /** @throws ProblemException if there is no such user or conversation */
  static Room enter(KnatterClient client, Target target, int pageSize) {
    String name = switch (target) {
      case Target.Person person -> person.username();
      case Target.Conversation conversation -> Screen.name(client.conversations().get(conversation.id()));
    };
    return new Room(client, target, name, pageSize,
        client.messages().page(target.pages().limit(pageSize)));
  }

  Target target() {
    return target;
  }

  String name() {
    return name;
  }

  /** The newest at the end. */
  List<Message> newest() {
    return newest.messages().reversed();
  }

  /** What comes before all that was shown. Nothing at the beginning. */
  List<Message> earlier() {
    if (earlier == null) {
      return List.of();
    }
    Page page = client.messages().page(target.pages().limit(pageSize).before(earlier));
    earlier = page.next();
    return page.messages().reversed();
  }

  boolean is(UUID conversation) {
    return conversation.equals(id);
  }

  /** A direct conversation has no id until its first message, which is of or to the other user. */
  boolean holds(Message message) {
    if (id == null && target instanceof Target.Person person && message.recipient() != null
        && (message.recipient().equals(person.username()) || message.sender().equals(person.username()))) {
      id = message.conversationId();
    }
    return is(message.conversationId());
  }

  void markRead() {
    newest.messages().stream().findFirst().ifPresent(this::seen);
  }

  /** Marks it as read. Where that fails, the next mark makes it good. */
  void seen(Message message) {
    try {
      client.messages().read(message.conversationId(), message.id());
    } catch (KnatterException e) {
      // The user need not know.
    }
  }
}
