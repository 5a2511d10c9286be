package dev.knatter.functions.export;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.deadletter.DeadLettersOfUser;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.functions.export.Lines.Head;
import dev.knatter.guard.Caller;
import dev.knatter.shared.store.Deadline;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Answers everything that is stored about the caller; with a cursor, the caller's messages after it. */
final class ExportFunction implements Function<Message<ExportQuery>, Message<Iterator<List<Object>>>> {
  private final AccountLines account;
  private final DeadLettersOfUser deadLetters;
  private final Messages messages;
  private final Clock clock;

  ExportFunction(AccountLines account, DeadLettersOfUser deadLetters, Messages messages, Clock clock) {
    this.account = account;
    this.deadLetters = deadLetters;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public Message<Iterator<List<Object>>> apply(Message<ExportQuery> message) {
    Caller caller = Caller.of(message);
    UUID user = caller.identity().userId();
    String after = message.getPayload().after();
    Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return Deadline.renewed(() -> {
      CursorPosition position = after == null ? CursorPosition.BEGINNING : messages.open(user, after);
      List<Object> first = first(caller.identity(), began, after == null);
      return new GenericMessage<>(
          new Walk(messages, after == null ? Optional.of(deadLetters) : Optional.empty(), user,
              caller.session(), began, position, first));
    });
  }

  private List<Object> first(Identity caller, Instant began, boolean whole) {
    List<Object> lines = new ArrayList<>();
    lines.add(new Head(caller.userId(), began));
    if (whole) {
      lines.addAll(account.lines(caller));
    }
    return lines;
  }
}
