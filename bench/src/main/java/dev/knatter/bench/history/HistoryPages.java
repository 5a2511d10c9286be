package dev.knatter.bench.history;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.Direction;
import dev.knatter.chat.page.Scope;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;

/** The requests for pages at any place of a conversation: with cursors that the product would have given out on the way there. */
final class HistoryPages {
  private static final Pattern ID = Pattern.compile("[{,]\"id\":\"");

  private final Cursors cursors;
  private final RequestFactory requests;
  private final int page;

  HistoryPages(Env env, RequestFactory requests, int page) {
    this.cursors = Cursors.from(env);
    this.requests = requests;
    this.page = page;
  }

  /** @param first of the messages on the page the newest one, counted from the newest of the conversation */
  byte[] request(StoredConversation conversation, int first, Direction direction, boolean byOther) {
    Person reader = byOther ? conversation.pair().other() : conversation.pair().one();
    UUID id = conversation.pair().conversation().id();
    UUID at = direction == Direction.BEFORE
        ? conversation.id(first)
        : Uuid7.before(conversation.id(first + page - 1));
    String cursor = cursors.seal(reader.id(), Scope.conversation(id), direction, CursorPosition.at(at));
    String parameter = direction == Direction.BEFORE ? "before" : "after";
    return HttpConnection.request("GET /v1/messages?limit=" + page + "&conversation=" + id + "&" + parameter
        + "=" + cursor, requests.token(reader), "");
  }

  /** Whether an answer has a whole page. */
  boolean isWhole(String answer) {
    return ID.matcher(answer).results().count() == page;
  }
}
