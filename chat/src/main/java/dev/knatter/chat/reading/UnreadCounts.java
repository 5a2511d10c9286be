package dev.knatter.chat.reading;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.page.TimelineRows.Entry;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages of a conversation that a user has not read: those above the mark, and those that have
 * appeared below it since. The user's own messages and deleted ones do not count. The timeline itself is
 * counted, so that no counter can be wrong.
 */
final class UnreadCounts {
  /** Up to how many are counted. */
  static final int MAX = 100;
  private static final int PAGE = MAX + 28;
  /** How many rows above a mark are read at most, if most of them do not count. */
  private static final int MAX_READ = 8 * PAGE;

  /** How many rows below a mark are read at most: what it may know, and some that have appeared since. */
  private static final int MAX_BELOW = ReadMark.MAX_KNOWN + ReadMark.MAX_UNSETTLED + PAGE;

  private static final UUID BEGINNING = Uuid7.floor(1);

  private final TimelineRows timeline;

  /** unread: at most {@value #MAX}; more: whether there are more, or may be. */
  record Count(int unread, boolean more) {}

  UnreadCounts(TimelineRows timeline) {
    this.timeline = timeline;
  }

  /**
   * Counts.
   *
   * @param floor the smallest id of a message that the user may see and that may be there; null if there is no limit
   * @param mark  null if the user has marked nothing in this conversation
   */
  Count count(UUID conversation, UUID user, @Nullable UUID floor, @Nullable ReadMark mark) {
    Counting counting = new Counting(conversation, user, floor == null ? BEGINNING : floor, mark);
    counting.readBelow();
    counting.readAbove();
    counting.readLate();
    int found = counting.unread.size();
    return new Count(Math.min(found, MAX), found > MAX || !counting.end);
  }

  private final class Counting {
    private final UUID conversation;
    private final UUID user;
    private final UUID floor;
    private final @Nullable ReadMark mark;
    private final Set<UUID> unread = new HashSet<>();
    /** Messages for which there are markers. */
    private final Set<UUID> late = new HashSet<>();
    private boolean end;

    Counting(UUID conversation, UUID user, UUID floor, @Nullable ReadMark mark) {
      this.conversation = conversation;
      this.user = user;
      this.floor = floor;
      this.mark = mark;
    }

    /** What has appeared below the mark within the time in which that needs no marker. */
    void readBelow() {
      if (mark == null) {
        return;
      }
      UUID from = Uuid7.max(Uuid7.max(mark.settled(), mark.since()), Uuid7.before(floor));
      timeline.lastBetween(conversation, from, mark.upTo(), MAX_BELOW).forEach(this::add);
    }

    void readAbove() {
      UUID at = above();
      for (int read = 0; read < MAX_READ && !end && unread.size() <= MAX; read += PAGE) {
        List<Entry> rows = timeline.above(conversation, at, PAGE);
        end = rows.size() < PAGE;
        rows.forEach(this::add);
        at = rows.isEmpty() ? at : rows.getLast().id();
      }
    }

    private void add(Entry row) {
      UUID refersTo = row.refersTo();
      if (refersTo == null) {
        addMessage(row);
      } else if (mark == null || row.id().compareTo(mark.settled()) > 0) {
        late.add(refersTo); // else the marker was there at the time of the mark, and so was the message
      }
    }

    private void addMessage(Entry message) {
      UUID sender = message.sender();
      if (sender != null && !sender.equals(user) && !message.deleted()
          && (mark == null || !mark.wasThere(message.id()))) {
        unread.add(message.id());
      }
    }

    /** The late messages below the mark that have markers. The others have been counted at their own places. */
    void readLate() {
      UUID above = above();
      late.removeIf(id -> id.compareTo(above) > 0 || id.compareTo(floor) < 0 || unread.contains(id)
          || mark == null || mark.wasThere(id));
      Iterator<UUID> left = late.iterator();
      while (left.hasNext() && unread.size() <= MAX) {
        Set<UUID> some = new HashSet<>();
        while (left.hasNext() && some.size() < PAGE) {
          some.add(left.next());
        }
        timeline.find(conversation, some).values().forEach(this::addMessage);
      }
    }

    /** The messages with larger ids count, and of the others those that have appeared since the mark. */
    private UUID above() {
      UUID belowFloor = Uuid7.before(floor);
      return mark == null ? belowFloor : Uuid7.max(mark.upTo(), belowFloor);
    }
  }
}
