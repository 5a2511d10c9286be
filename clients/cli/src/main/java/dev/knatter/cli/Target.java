package dev.knatter.cli;

import java.util.UUID;

import dev.knatter.client.message.PageRequest;
import dev.knatter.client.send.Draft;

/** A conversation, as it is typed: the name of the other user, or its id. No username has the form of an id. */
sealed interface Target {
  record Person(String username) implements Target {}

  record Conversation(UUID id) implements Target {}

  static Target of(String word) {
    return word.length() == 36 ? new Conversation(id(word)) : new Person(Accounts.name(word));
  }

  private static UUID id(String word) {
    try {
      return UUID.fromString(word);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException("This is no id of a conversation: " + word);
    }
  }

  default Draft draft(String content) {
    return switch (this) {
      case Person person -> Draft.to(person.username(), content);
      case Conversation conversation -> Draft.in(conversation.id(), content);
    };
  }

  default PageRequest pages() {
    return switch (this) {
      case Person person -> PageRequest.with(person.username());
      case Conversation conversation -> PageRequest.in(conversation.id());
    };
  }
}
