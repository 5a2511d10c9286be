package dev.knatter.chat.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.store.Cassandra;

/** Reads what events refer to, as it is at that moment. */
final class WebhookMessages {
  private final Memberships memberships;
  private final Timeline timeline;
  private final Usernames names;

  /** A message, and the members of its conversation. */
  record Found(List<UUID> members, MessageData message) {}

  WebhookMessages(Cassandra cassandra, Slices slices) {
    this.memberships = new Memberships(cassandra);
    this.timeline = new Timeline(cassandra, slices);
    this.names = new Usernames(cassandra);
  }

  /** Whether a user is a member of the event's conversation, and may see its message. */
  boolean mayBeToldOf(WebhookEvent event, UUID user) {
    return memberships.find(event.conversationId(), user)
      .filter(member -> member.sees(event.messageId()))
      .isPresent();
  }

  /** The message of an event; empty if there is none any more, or if it was not changed as the event says. */
  Optional<Found> find(WebhookEvent event) {
    UUID conversation = event.conversationId();
    Message message = timeline.findAll(conversation, List.of(event.messageId())).get(event.messageId());
    if (message == null || !hasHappened(event, message)) {
      return Optional.empty();
    }
    // Who has left a group is told nothing new after five seconds. Nobody is left in a deleted one.
    List<UUID> members = memberships.members(conversation).users();
    if (members.isEmpty()) {
      return Optional.empty();
    }
    List<UUID> people = new ArrayList<>(List.of(message.sender()));
    if (message.recipient() != null) {
      people.add(message.recipient());
    }
    return Optional.of(new Found(members, MessageData.of(message, names.of(people))));
  }

  private static boolean hasHappened(WebhookEvent event, Message message) {
    return switch (event.type()) {
      case MESSAGE_SENT -> true;
      case MESSAGE_EDITED -> message.version() >= event.version();
      case MESSAGE_DELETED -> message.isDeleted();
    };
  }
}
