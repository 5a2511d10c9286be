package dev.knatter.functions.deadletters;

import java.util.UUID;

import dev.knatter.chat.deadletter.DeadLetters;
import dev.knatter.chat.deadletter.DeadLetters.Page;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.DomainError.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Shows and deletes dead letters. */
final class LettersFunctions {
  private final DeadLetters letters;
  private final ListCursors cursors;

  LettersFunctions(DeadLetters letters, ListCursors cursors) {
    this.letters = letters;
    this.cursors = cursors;
  }

  Message<LetterPage> list(Message<ListQuery> message) {
    ListQuery query = message.getPayload();
    Page page = letters.page(position(cursors, query.before()), query.checkedLimit());
    return new GenericMessage<>(
        new LetterPage(page.letters().stream().map(LetterAnswer::of).toList(), cursor(cursors, page.next())));
  }

  Message<LetterAnswer> get(Message<LetterPath> message) {
    return new GenericMessage<>(letters.find(message.getPayload().letter())
      .map(LetterAnswer::of)
      .orElseThrow(() -> new NotFound("There is no such dead letter.")));
  }

  Message<String> delete(Message<LetterPath> message) {
    letters.delete(message.getPayload().letter());
    return NoContent.MESSAGE;
  }

  static @Nullable UUID position(ListCursors cursors, @Nullable String before) {
    return before == null ? null : cursors.open(before, "/before");
  }

  static @Nullable String cursor(ListCursors cursors, @Nullable UUID next) {
    return next == null ? null : cursors.seal(next);
  }
}
