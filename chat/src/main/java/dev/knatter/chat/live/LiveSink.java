package dev.knatter.chat.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.account.ReceiptChoices;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.LiveFrame.ConversationFrame;
import dev.knatter.chat.live.LiveFrame.MessageFrame;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.reading.ReadCommand;
import dev.knatter.chat.reading.ReadReceipts;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of events, for those whom each event concerns. An event that brings no state was left by another process: what it
 * is about is read then.
 */
public final class LiveSink implements EventSink {
  private static final int ATTEMPTS = 3;
  /** Longer than a proxy that does not answer is left alone. */
  private static final Duration PAUSE = Duration.ofMillis(1_100);
  /** An end that is told later than this was left for a sweep. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private final FramePublisher frames;
  private final Memberships memberships;
  private final Timeline timeline;
  private final Usernames names;
  private final ReceiptChoices receipts;
  private final Clock clock;

  public LiveSink(Cassandra cassandra, FramePublisher frames, Memberships memberships, Timeline timeline,
      Usernames names, Clock clock) {
    this.frames = frames;
    this.memberships = memberships;
    this.timeline = timeline;
    this.names = names;
    this.receipts = new ReceiptChoices(cassandra);
    this.clock = clock;
  }

  @Override
  public Outcome deliver(ChatEvent event) {
    return tell(event) ? Outcome.ACCEPTED : Outcome.AWAY;
  }

  private boolean tell(ChatEvent event) {
    EventReference reference = event.reference();
    return switch (reference.type()) {
      case MESSAGE_SENT -> message(event, MessageFrame.SENT);
      case MESSAGE_EDITED -> message(event, MessageFrame.EDITED);
      case MESSAGE_DELETED -> message(event, MessageFrame.DELETED);
      case MESSAGE_REACTED -> message(event, MessageFrame.REACTION);
      case CONVERSATION_CREATED -> conversation(event, "created");
      case CONVERSATION_RENAMED -> conversation(event, "renamed");
      case CONVERSATION_DELETED -> conversation(event, "deleted");
      case RETENTION_CHANGED -> conversation(event, "retention");
      case MEMBER_ADDED -> conversation(event, "member-added");
      case MEMBER_REMOVED -> conversation(event, "member-removed");
      case ROLE_CHANGED -> conversation(event, "role-changed");
      case MESSAGES_READ -> event.state() instanceof ReadCommand mark && read(reference.subject(), mark);
      case SESSION_ENDED -> end(Channel.session(reference.id()), Bye.REVOKED);
      case OUTSIDE_SESSION_ENDED -> end(Channel.session(reference.id()), endOutside(event));
      case USER_ERASED -> end(Channel.user(reference.subject()), Bye.ERASED);
      case USER_REGISTERED, WEBHOOK_DISABLED -> true;
    };
  }

  /**
   * A session of the outside issuer may go on there, and then the channel is that of the next login, too. So who is told late
   * connects again, and their token tells whether it was revoked.
   */
  private Bye endOutside(ChatEvent event) {
    return event.time().isBefore(clock.instant().minus(LATE)) ? Bye.EXPIRED : Bye.REVOKED;
  }

  /** Tries again at once: the sweep may come ten minutes later, and until then somebody would read on who may not. */
  private boolean end(String channel, Bye bye) {
    boolean isEnded = frames.end(List.of(channel), bye);
    try {
      for (int left = ATTEMPTS - 1; !isEnded && left > 0; left--) {
        Thread.sleep(PAUSE);
        isEnded = frames.end(List.of(channel), bye);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return isEnded;
  }

  private boolean message(ChatEvent event, String type) {
    EventReference reference = event.reference();
    boolean isPresent = event.state() == null;
    Optional<Message> message = event.state() instanceof Message known
        ? Optional.of(known)
        : timeline.find(reference.subject(), reference.id());
    return message.map(found -> {
      List<UUID> readers = readers(found, isPresent);
      // As in the inboxes: in a large group nobody is told of reactions.
      return (type.equals(MessageFrame.REACTION) && readers.size() > Conversation.MAX_MEMBERS)
          || frames.publish(readers, type, found);
    }).orElse(true);
  }

  /** @param isPresent whether the members are read from the store, and not from the cache */
  private List<UUID> readers(Message message, boolean isPresent) {
    UUID conversation = message.conversationId();
    UUID recipient = message.recipient();
    if (recipient != null) {
      return Stream.of(message.sender(), recipient).distinct().toList();
    }
    Members members = isPresent
        ? memberships.presentMembers(conversation)
        : memberships.members(conversation);
    return members.seeing(message.id());
  }

  private boolean conversation(ChatEvent event, String change) {
    UUID group = event.reference().subject();
    Set<UUID> users = new HashSet<>(event.state() instanceof Set<?> concerned
        ? concerned.stream().map(UUID.class::cast).toList()
        : memberships.lastMembers(group));
    if (event.data().get("memberId") instanceof UUID removed) {
      users.add(removed);
    }
    if (event.data().get("memberIds") instanceof Collection<?> added) {
      added.forEach(user -> users.add((UUID) user));
    }
    return frames.publish(List.copyOf(users),
        ConversationFrame.of(group, version(event), change));
  }

  private static @Nullable Integer version(ChatEvent event) {
    return event.data().get("version") instanceof Integer version ? version : null;
  }

  /** Tells the reader's other devices, and those who see the reader's receipts ({@link ReadReceipts}). */
  private boolean read(UUID reader, ReadCommand mark) {
    String name = names.of(List.of(reader)).get(reader);
    if (name == null) {
      return true; // erased meanwhile
    }
    List<UUID> told = new ArrayList<>(List.of(reader));
    List<UUID> members = memberships.members(mark.conversation()).seeing(mark.upTo());
    if (members.size() <= ReadReceipts.MAX_MEMBERS) {
      Set<UUID> all = new HashSet<>(members);
      all.add(reader);
      Set<UUID> willing = receipts.willing(all);
      if (willing.remove(reader)) {
        told.addAll(willing);
      }
    }
    return frames.publish(told, LiveFrame.Read.of(mark.conversation(), name, mark.upTo()));
  }
}
