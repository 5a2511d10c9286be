package dev.knatter.chat.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/** The dead letters of a user: those whose signature is good and which name the user. */
public final class DeadLettersOfUser {
  private static final int ATTEMPTS = 5;
  private static final int PAGE = 20;

  private final LetterTables tables;

  /** A page of a user's letters, oldest first. next: the position after which they go on; null after the last page */
  public record Page(List<StoredLetter> letters, @Nullable UUID next) {}

  public DeadLettersOfUser(Cassandra cassandra) {
    this.tables = new LetterTables(cassandra);
  }

  /** Reads a page of a user's letters. after: the position of the last page; null for the first */
  public Page page(UUID user, @Nullable UUID after) {
    List<Entry> entries = tables.ofUsers().above(user, after == null ? Uuid7.floor(0) : after, PAGE);
    List<StoredLetter> letters = new ArrayList<>();
    long bytes = 0;
    for (List<Entry> some : Chunks.of(entries, DeadLetters.AT_ONCE)) {
      for (StoredLetter letter : tables.load(some)) {
        letters.add(letter);
        bytes += letter.letter().data().length;
      }
      if (bytes >= DeadLetters.PAGE_BYTES) {
        return new Page(letters, some.getLast().position());
      }
    }
    return new Page(letters, entries.size() < PAGE ? null : entries.getLast().position());
  }

  /** How many of a user's letters are kept. */
  public long count(UUID user) {
    return tables.ofUsers().above(user, Uuid7.floor(0), Integer.MAX_VALUE).size();
  }

  /** Erases some of a user's letters. Returns how many that were; 0 if there are none (any more). */
  public int erase(UUID user, int limit) {
    List<Entry> entries = tables.ofUsers().above(user, Uuid7.floor(0), limit);
    entries.forEach(entry -> erase(user, entry));
    return entries.size();
  }

  private void erase(UUID user, Entry entry) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LetterState state = tables.states().find(entry.letter());
      if (state == null || !state.isListedAt(entry.position())
          || tables.states().change(entry.letter(), state, state.unlisted())) {
        tables.delete(entry.position(), Optional.of(user));
        return;
      }
    }
    throw new Unavailable("The dead letter is being changed elsewhere at this moment.");
  }
}
