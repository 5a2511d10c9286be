package dev.knatter.chat.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.store.Cassandra;

/** Reads what events refer to, as it is at that moment. */
final class WebhookMessages {
  private final Conversations conversations;
  private final Timeline timeline;
  private final Usernames names;

  /** A message, and who may be told of it. */
  record Found(List<UUID> members, MessageData message) {}

  WebhookMessages(Cassandra cassandra, Slices slices) {
    this.conversations = new Conversations(cassandra);
    this.timeline = new Timeline(cassandra, slices);
    this.names = new Usernames(cassandra);
  }

  /** The message of an event; empty if there is none any more. */
  Optional<Found> find(WebhookEvent event) {
    UUID conversation = event.conversationId();
    Message message = timeline.findAll(conversation, List.of(event.messageId())).get(event.messageId());
    if (message == null) {
      return Optional.empty();
    }
    return conversations.present(conversation).map(Conversation::members).map(members -> {
      List<UUID> people = new ArrayList<>(List.of(message.sender()));
      if (message.recipient() != null) {
        people.add(message.recipient());
      }
      return new Found(members, MessageData.of(message, names.of(people)));
    });
  }
}
