package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;

/** What each member of a group has to find, and may find, in the end. */
final class GroupModel {
  /** A state of a message, as readers see it. */
  record State(int version, String content, boolean deleted) {
    static State of(Message message) {
      return new State(message.version(), message.content(), message.isDeleted());
    }
  }

  /**
   * Since when somebody is a member.
   *
   * @param messages how many had been sent before
   * @param floor    the time of the first message that they may see, in milliseconds
   */
  record Since(int messages, long floor) {}

  final Set<UUID> gone = new HashSet<>();
  final List<Message> sent = new ArrayList<>();
  final Map<UUID, Since> members = new HashMap<>();
  private final HistoryPolicy history;
  private final Map<UUID, State> states = new HashMap<>();

  GroupModel(HistoryPolicy history) {
    this.history = history;
  }

  void founded(UUID user) {
    members.put(user, new Since(0, 0));
  }

  void joined(UUID user, long millis) {
    gone.remove(user);
    members.put(user, new Since(sent.size(), history == HistoryPolicy.ALL ? 0 : millis));
  }

  void left(UUID user) {
    members.remove(user);
    gone.add(user);
  }

  void sent(Message message) {
    sent.add(message);
    states.put(message.id(), State.of(message));
  }

  void changed(UUID message, State state) {
    states.put(message, state);
  }

  State state(UUID message) {
    return Objects.requireNonNull(states.get(message));
  }

  Map<UUID, State> states() {
    return states;
  }

  static Map<UUID, State> states(Map<UUID, Message> messages) {
    Map<UUID, State> states = new HashMap<>();
    messages.forEach((id, message) -> states.put(id, State.of(message)));
    return states;
  }

  private Since since(UUID member) {
    return Objects.requireNonNull(members.get(member));
  }

  long floor(UUID member) {
    return since(member).floor();
  }

  /** Whether a present member may see a message. */
  boolean maySee(UUID member, UUID message) {
    return Uuid7.millis(message) >= floor(member);
  }

  /** Whether the author of a message may still change it. */
  boolean isChangeable(Message message) {
    return members.containsKey(message.sender()) && maySee(message.sender(), message.id())
        && !state(message.id()).deleted();
  }

  /** The messages that a present member must find: what was sent since they are one, as far as they may see it. */
  Map<UUID, State> due(UUID member) {
    Map<UUID, State> due = new HashMap<>();
    sent.subList(since(member).messages(), sent.size())
      .stream()
      .map(Message::id)
      .filter(id -> maySee(member, id))
      .forEach(id -> due.put(id, state(id)));
    return due;
  }
}
