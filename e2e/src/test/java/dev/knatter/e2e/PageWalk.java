package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;

/** Goes through a conversation, or an inbox, page by page, and tries again where a store or a process is away. */
final class PageWalk {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private User reader;
  private final String[] where;

  /** @param where query parameters that name it: none, the inbox */
  PageWalk(User reader, String... where) {
    this.reader = reader;
    this.where = where;
  }

  /** A cursor from which a walk to the present begins after what is there now. */
  String start() {
    return page(1).previous();
  }

  /** The ids of all messages, newest first, as often as they came. */
  List<String> toThePast(int limit) {
    return messagesToThePast(limit).stream().map(Message::id).toList();
  }

  /** All messages, newest first, as often as they came. */
  List<Message> messagesToThePast(int limit) {
    Page page = page(limit);
    List<Message> messages = new ArrayList<>(page.messages());
    while (!page.next().isEmpty()) {
      page = page(limit, "before", page.next());
      messages.addAll(page.messages());
    }
    return messages;
  }

  /** The ids of all messages after a cursor, oldest first, as often as they came, until there are no more now. */
  List<String> toThePresent(String after, int limit) {
    List<String> ids = new ArrayList<>();
    Page page = page(limit, "after", after);
    while (!page.messages().isEmpty()) {
      ids.addAll(page.ids());
      page = page(limit, "after", page.next());
    }
    return ids;
  }

  private Page page(int limit, String... parameters) {
    String[] query = Stream.of(where, new String[]{"limit", Integer.toString(limit)}, parameters)
      .flatMap(Stream::of)
      .toArray(String[]::new);
    Page page = Page.of(Awaitility.await()
      .atMost(PATIENCE)
      .pollDelay(Duration.ZERO)
      .pollInSameThread()
      .until(() -> read(query), answer -> answer.status() != 503 && answer.status() != 429));
    assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
    return page;
  }

  /** With a fresh token where the old one has expired. */
  private Answer read(String... query) {
    Answer answer = reader.exchange(User.reading(query));
    if (answer.status() == 401) {
      reader = reader.again();
      return reader.exchange(User.reading(query));
    }
    return answer;
  }
}
