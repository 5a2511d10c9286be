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
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.functions.export.Lines.CursorLine;
import dev.knatter.functions.export.Lines.End;
import dev.knatter.functions.export.Lines.MessageLine;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Deadline;

/**
 * The lines of an export, a page of messages at a time, each read when it is asked for. Ends with all that was there when
 * it began. Where the store is away, or the session has ended, it ends without its last line.
 */
final class Walk implements Iterator<List<Object>> {
  private final Messages messages;
  private final UUID user;
  private final Runnable mayRead;
  private final Instant began;
  private List<Object> lines = List.of();
  private CursorPosition place;
  private long count;
  private boolean ended;

  /**
   * Reads the first page, so that what fails at the beginning can be answered.
   *
   * @param mayRead asked before each other page: throws where the user may no longer
   * @param first   the lines before it
   */
  Walk(Messages messages, UUID user, Runnable mayRead, Instant began, CursorPosition place,
      List<Object> first) {
    this.messages = messages;
    this.user = user;
    this.mayRead = mayRead;
    this.began = began;
    this.place = place;
    this.lines = Stream.concat(first.stream(), page().stream()).toList();
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
          mayRead.run();
          return page();
        });
      } catch (DomainError e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
    List<Object> next = lines;
    lines = List.of();
    return next;
  }

  private List<Object> page() {
    Page page = messages.after(user, place);
    place = Objects.requireNonNull(page.next()); // as every page towards the present has
    List<Object> more = new ArrayList<>();
    messages.named(page).forEach(message -> more.add(new MessageLine(message)));
    count += page.messages().size();
    more.add(new CursorLine(messages.cursor(user, place)));
    ended = isLast(page);
    if (ended) {
      more.add(new End(count));
    }
    return more;
  }

  /** A walk that has come to the end of an inbox is at the key up to which nothing lands any more. */
  private boolean isLast(Page page) {
    Instant at = Uuid7.instant(place.at());
    return !at.isBefore(began) || (page.messages().size() < Messages.PAGE
        && !at.isBefore(began.minus(WriteAttempt.DELTA).minus(Duration.ofSeconds(1))));
  }
}
