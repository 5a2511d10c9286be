package dev.knatter.chat.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.reaction.MessageReactions;
import dev.knatter.chat.reaction.ReactionCount;
import dev.knatter.chat.reaction.Reactions;

/** Shows stored messages as the API does: with names, and with the reactions to them. */
public final class MessageViews {
  private final Usernames names;
  private final Reactions reactions;

  public MessageViews(Usernames names, Reactions reactions) {
    this.names = names;
    this.reactions = reactions;
  }

  /** The views of some messages for a reader, in the same order. */
  public List<MessageView> of(List<Message> messages, UUID reader) {
    // Most messages have no reactions, and cost no read.
    Map<UUID, List<ReactionCount>> found = reactions.counts(messages.stream()
      .filter(message -> message.reacted() && !message.isDeleted())
      .map(message -> new Reactions.Key(message.conversationId(), message.id()))
      .toList(), reader);
    List<UUID> people = new ArrayList<>();
    messages.forEach(message -> people.addAll(twoOf(message)));
    found.values().forEach(counts -> counts.forEach(count -> people.addAll(count.first())));
    Map<UUID, String> known = names.of(people);
    return messages.stream().map(message -> {
      List<ReactionCount> counts = found.get(message.id());
      MessageView view = MessageView.of(message, known);
      return counts == null ? view : view.with(counts.stream().map(count -> count.view(known)).toList());
    }).toList();
  }

  /** The views of one message for several readers, in their order. The reactions are read once. */
  public List<MessageView> of(Message message, List<UUID> readers) {
    MessageReactions some = reactions.of(message.conversationId(), message.id(), readers.getFirst());
    List<UUID> people = new ArrayList<>(some.named());
    people.addAll(twoOf(message));
    Map<UUID, String> known = names.of(people);
    MessageView view = MessageView.of(message, known);
    return readers.stream().map(reader -> view.with(some.views(reader, known))).toList();
  }

  /** The sender, and the recipient if there is one. */
  private static List<UUID> twoOf(Message message) {
    UUID recipient = message.recipient();
    return recipient == null ? List.of(message.sender()) : List.of(message.sender(), recipient);
  }

  /** The view of one message for a reader. */
  public MessageView of(Message message, UUID reader) {
    return of(List.of(message), reader).getFirst();
  }
}
