package dev.knatter.chat.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reading.UnreadCounts.Count;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.ParallelReads;
import org.jspecify.annotations.Nullable;

/** Shows of conversations what their list needs: the newest message of each, and how many the user has not read. */
public final class ConversationOverviews {
  private static final int AT_ONCE = 16;

  private final Clock clock;
  private final TimelineRows timeline;
  private final ReadMarks marks;
  private final UnreadCounts counts;

  /**
   * The messages of one conversation, as one member sees them.
   *
   * @param last   the newest message; null if there is none that the member may see
   * @param unread how many messages the member has not read, at most {@value UnreadCounts#MAX}
   * @param more   whether there are more unread messages than that, or may be
   * @param upTo   the id of the last message that the member has marked as read; null if there is none
   */
  public record Overview(@Nullable Message last, int unread, boolean more, @Nullable UUID upTo) {}

  public ConversationOverviews(Cassandra cassandra, Clock clock, TimelineRows timeline) {
    this.clock = clock;
    this.timeline = timeline;
    this.marks = new ReadMarks(cassandra);
    this.counts = new UnreadCounts(timeline);
  }

  /** The overviews of some conversations of a user, by conversation. */
  public Map<UUID, Overview> of(UUID user, List<ConversationSummary> conversations) {
    Map<UUID, ReadMark> read = marks.of(user, conversations.stream().map(ConversationSummary::id).toList());
    Instant now = clock.instant();
    List<Overview> overviews = ParallelReads.map(conversations, AT_ONCE,
        each -> of(user, each, read.get(each.id()), now));
    Map<UUID, Overview> found = new HashMap<>();
    for (int i = 0; i < overviews.size(); i++) {
      found.put(conversations.get(i).id(), overviews.get(i));
    }
    return found;
  }

  private Overview of(UUID user, ConversationSummary conversation, @Nullable ReadMark mark, Instant now) {
    UUID id = conversation.id();
    UUID oldest = conversation.oldest(now);
    Message last = timeline.newest(id, oldest, now).orElse(null);
    UUID upTo = mark == null ? null : mark.upTo();
    if (last == null || conversation.isNote()) {
      return new Overview(last, 0, false, upTo); // a note has only the user's own messages
    }
    Count count = counts.count(id, user, oldest, mark);
    return new Overview(last, count.unread(), count.more(), upTo);
  }
}
