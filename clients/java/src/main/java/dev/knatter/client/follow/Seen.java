package dev.knatter.client.follow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.client.message.Message;
import dev.knatter.client.message.Reaction;

/** Which states of messages were told lately, so that they are not told twice, and no state after a later one. */
final class Seen {
  private static final int MOST = 10_000;

  private record State(int version, List<Reaction> reactions) {}

  private final Map<UUID, State> states = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, State> eldest) {
      return size() > MOST;
    }
  };

  /** Whether the state is another one than the last of this message, and not an earlier one. Reactions have no version. */
  boolean isNew(Message message) {
    State last = states.get(message.id());
    if (last != null && (last.version() > message.version()
        || (last.version() == message.version() && last.reactions().equals(message.reactions())))) {
      return false;
    }
    states.put(message.id(), new State(message.version(), message.reactions()));
    return true;
  }
}
