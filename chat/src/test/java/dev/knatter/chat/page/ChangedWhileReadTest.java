package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.Test;

/** A message is edited while a page is read, and the page finds it by its first row and by that of the edit. */
final class ChangedWhileReadTest {
  private static final UUID CONVERSATION = Uuid7.last(1);
  private static final Message BEFORE = new Message(Uuid7.last(1_000), CONVERSATION, Uuid7.last(2), null,
      "helo",
      "text/plain", null, null, 1, null, null, false);
  private static final Message AFTER = BEFORE.edited("hello", "text/plain", null,
      Instant.ofEpochMilli(2_000));
  private static final UUID MISSING = Uuid7.last(1_500);

  /** The rows by key: the message, one whose message is missing, and the edit. */
  private static final List<FeedRow> ROWS = List.of(row(1_000, BEFORE.id()), row(1_500, MISSING),
      row(2_000, BEFORE.id()));

  private static FeedRow row(long millis, UUID id) {
    return new FeedRow(Uuid7.last(millis), CONVERSATION, id, null, false);
  }

  /** The message of the first read may be the earlier state, or, from a replica that is ahead, the later one. */
  private static final class EditedFeed implements Feed {
    private final boolean laterFirst;
    private int reads;

    EditedFeed(boolean laterFirst) {
      this.laterFirst = laterFirst;
    }

    private static List<FeedRow> first(Stream<FeedRow> rows, int limit) {
      return rows.limit(limit).toList();
    }

    @Override
    public List<FeedRow> above(UUID from, int limit) {
      return first(ROWS.stream().filter(row -> row.key().compareTo(from) > 0), limit);
    }

    @Override
    public List<FeedRow> upTo(UUID to, int limit) {
      return first(ROWS.reversed().stream().filter(row -> row.key().compareTo(to) <= 0), limit);
    }

    @Override
    public List<FeedRow> between(UUID from, UUID to, int limit) {
      return List.of();
    }

    @Override
    public Optional<List<UUID>> presentKeys(UUID from, UUID to) {
      return Optional.of(List.of());
    }

    @Override
    public Map<UUID, Message> messages(List<FeedRow> rows) {
      boolean hasMessage = rows.stream().anyMatch(row -> row.id().equals(BEFORE.id()));
      reads++;
      return hasMessage ? Map.of(BEFORE.id(), laterFirst == (reads == 1) ? AFTER : BEFORE) : Map.of();
    }
  }

  @Test
  void pageTowardsThePresent_hasTheLaterState() {
    EditedFeed feed = new EditedFeed(false);
    Page page = new ForwardWalk(feed, Uuid7.last(500)).page(CursorPosition.BEGINNING, 2);
    assertThat(feed.reads).isGreaterThan(1);
    assertThat(page.messages()).containsExactly(AFTER);
  }

  @Test
  void pageTowardsThePast_hasTheLaterState() {
    EditedFeed feed = new EditedFeed(true);
    Page page = new BackwardWalk(feed, Uuid7.last(500)).first(Uuid7.last(3_000), 2);
    assertThat(feed.reads).isGreaterThan(1);
    assertThat(page.messages()).containsExactly(AFTER);
  }
}
