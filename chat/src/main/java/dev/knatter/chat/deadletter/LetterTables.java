package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.chat.deadletter.LetterContents.Content;
import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.store.Cassandra;

/**
 * The tables of dead letters. The state decides: what the others hold of an arrival counts while the letter is listed
 * at that arrival. So they are written before the state, and deleted after it.
 */
record LetterTables(Cassandra cassandra, LetterStates states, LetterContents contents, LetterList list,
    LetterSchedule schedule, LettersOfUsers ofUsers) {
  LetterTables(Cassandra cassandra) {
    this(cassandra, new LetterStates(cassandra), new LetterContents(cassandra), new LetterList(cassandra),
        new LetterSchedule(cassandra), new LettersOfUsers(cassandra));
  }

  /** Stores what the state will lead to. */
  void write(Entry entry, Content content, Duration life) {
    List<Statement<?>> writes = new ArrayList<>();
    writes.add(contents.insert(entry.position(), content, life));
    writes.add(list.insert(entry, life));
    if (content.owner() != null) {
      writes.add(ofUsers.insert(content.owner(), entry, life));
    }
    cassandra.executeAll(writes);
  }

  /** Deletes what no state leads to any more. */
  void delete(UUID position, Optional<UUID> owner) {
    List<Statement<?>> deletes = new ArrayList<>();
    deletes.add(contents.delete(position));
    deletes.add(list.delete(position));
    owner.ifPresent(user -> deletes.add(ofUsers.delete(user, position)));
    cassandra.executeAll(deletes);
  }

  /** Takes a letter out of the list. False if another process has changed it since it had this state. */
  boolean unlist(UUID letter, LetterState state, Optional<UUID> owner) {
    if (!states.change(letter, state, state.unlisted())) {
      return false;
    }
    delete(state.position(), owner);
    return true;
  }

  /** The letters that arrivals stand for, read at the same time, in their order. */
  List<StoredLetter> load(List<Entry> entries) {
    List<CompletionStage<AsyncResultSet>> stateReads = entries.stream()
      .map(entry -> states.start(entry.letter()))
      .toList();
    List<CompletionStage<AsyncResultSet>> contentReads = entries.stream()
      .map(entry -> contents.start(entry.position()))
      .toList();
    List<StoredLetter> letters = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      LetterState state = states.join(stateReads.get(i));
      Optional<Content> content = contents.join(contentReads.get(i));
      if (state != null && state.isListedAt(entry.position())) {
        content.map(found -> StoredLetter.of(entry.letter(), state, found)).ifPresent(letters::add);
      }
    }
    return letters;
  }
}
