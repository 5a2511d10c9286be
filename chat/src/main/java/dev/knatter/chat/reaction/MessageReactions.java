package dev.knatter.chat.reaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The reactions to one message: at most {@link Reactions#MAX_READ}, and all of the reader's. */
public record MessageReactions(List<Reaction> rows) {
  /** How many users of each kind are named. */
  private static final int NAMED = 5;

  /** A user's reaction of this kind, also if it was taken back. */
  public Optional<Reaction> find(UUID user, Emoji emoji) {
    return rows.stream()
      .filter(row -> row.user().equals(user) && row.emoji().equals(emoji.text()))
      .findFirst();
  }

  /** The kinds of reactions that the message has. */
  public Set<String> kinds() {
    Set<String> kinds = new HashSet<>();
    rows.stream().filter(Reaction::present).forEach(row -> kinds.add(row.emoji()));
    return kinds;
  }

  /** How many reactions of this user the message has. */
  public long countOf(UUID user) {
    return rows.stream().filter(row -> row.present() && row.user().equals(user)).count();
  }

  /** The same, with those that the user has taken back. */
  public long rowsOf(UUID user) {
    return rows.stream().filter(row -> row.user().equals(user)).count();
  }

  /** The users whose names {@link #views} needs. */
  public Collection<UUID> named() {
    Set<UUID> named = new HashSet<>();
    byKind().values().forEach(users -> users.stream().limit(NAMED).forEach(named::add));
    return named;
  }

  /**
   * What the API shows: the most frequent kind first.
   *
   * @param names usernames by user id; erased users are missing
   */
  public List<ReactionView> views(UUID reader, Map<UUID, String> names) {
    return counts(reader).stream().map(count -> count.view(names)).toList();
  }

  /** The same, before the names are known. It needs far less memory than the rows. */
  List<ReactionCount> counts(UUID reader) {
    List<ReactionCount> counts = new ArrayList<>();
    byKind().forEach((emoji, users) -> counts.add(new ReactionCount(emoji, users.size(),
        users.contains(reader), users.stream().limit(NAMED).toList())));
    counts.sort(Comparator.comparingInt(ReactionCount::count).reversed()); // stable: else by emoji
    return counts;
  }

  private Map<String, List<UUID>> byKind() {
    Map<String, List<UUID>> kinds = new TreeMap<>();
    rows.stream()
      .filter(Reaction::present)
      .forEach(row -> kinds.computeIfAbsent(row.emoji(), _ -> new ArrayList<>()).add(row.user()));
    return kinds;
  }
}
