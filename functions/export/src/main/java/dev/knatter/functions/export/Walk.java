package dev.knatter.functions.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.deadletter.DeadLettersOfUser;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.functions.export.Lines.CursorLine;
import dev.knatter.functions.export.Lines.DeadLetterLine;
import dev.knatter.functions.export.Lines.End;
import dev.knatter.functions.export.Lines.MessageLine;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the lines of an export, one page of dead letters and then of messages at a time. It reads a page when
 * the page is requested, and ends with the messages that existed when the export began. If the store is away, or the session has ended, it
 * stops without the last line.
 */
final class Walk implements Iterator<List<Object>> {
  private final Messages messages;
  private final Optional<DeadLettersOfUser> deadLetters;
  private final UUID user;
  private final Runnable checkSession;
  private final Instant began;
  private List<Object> lines = List.of();
  private CursorPosition position;
  private @Nullable UUID lastLetter;
  private boolean lettersEnded;
  private long count;
  private boolean ended;

  /**
   * Reads the first page, so that an error at the beginning can be answered with its status.
   *
   * @param deadLetters  empty to leave them out
   * @param checkSession called before each further page; throws if the user may not read any more
   * @param first        the lines before it
   */
  Walk(Messages messages, Optional<DeadLettersOfUser> deadLetters, UUID user, Runnable checkSession,
      Instant began, CursorPosition position,
      List<Object> first) {
    this.messages = messages;
    this.deadLetters = deadLetters;
    this.lettersEnded = deadLetters.isEmpty();
    this.user = user;
    this.checkSession = checkSession;
    this.began = began;
    this.position = position;
    this.lines = Stream.concat(first.stream(), part().stream()).toList();
  }

  @Override
  public boolean hasNext() {
    return !lines.isEmpty() || !ended;
  }

  @Override
  public List<Object> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (lines.isEmpty()) {
      try {
        lines = Deadline.renewed(() -> {
          checkSession.run();
          return part();
        });
      } catch (DomainError e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
    List<Object> next = lines;
    lines = List.of();
    return next;
  }

  private List<Object> part() {
    List<Object> letters = lettersEnded ? List.of() : letters();
    return letters.isEmpty() ? page() : letters;
  }

  /** The next dead letters; empty if there are no more. */
  private List<Object> letters() {
    List<Object> letterLines = new ArrayList<>();
    while (letterLines.isEmpty() && !lettersEnded) {
      DeadLettersOfUser.Page page = deadLetters.orElseThrow().page(user, lastLetter);
      page.letters().forEach(letter -> letterLines.add(DeadLetterLine.of(letter)));
      lastLetter = page.next();
      lettersEnded = lastLetter == null;
    }
    return letterLines;
  }

  private List<Object> page() {
    Page page = messages.after(user, position);
    position = Objects.requireNonNull(page.next()); // every page towards the present has one
    List<Object> pageLines = new ArrayList<>();
    messages.views(user, page).forEach(message -> pageLines.add(new MessageLine(message)));
    count += page.messages().size();
    pageLines.add(new CursorLine(messages.cursor(user, position)));
    ended = isLast(page);
    if (ended) {
      pageLines.add(new End(count));
    }
    return pageLines;
  }

  /** Whether a page is the last. At the end of an inbox, a walk's position is the key up to which all has settled. */
  private boolean isLast(Page page) {
    Instant at = Uuid7.instant(position.at());
    return !at.isBefore(began) || (page.messages().size() < Messages.PAGE
        && !at.isBefore(began.minus(WriteAttempt.DELTA).minus(Duration.ofSeconds(1))));
  }
}
