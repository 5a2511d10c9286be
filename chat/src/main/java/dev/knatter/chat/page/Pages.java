package dev.knatter.chat.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Deadline;

/** Reads pages. The cost of a page depends on its size and not on how many messages exist. */
public final class Pages {
  /** No key is further ahead of this clock. Client ids and other machines' clocks may each be a second ahead. */
  static final Duration MAX_AHEAD = Duration.ofSeconds(10);

  /** Pages of messages older than this are cached. Later changes there are rare, and they invalidate the pages. */
  private static final Duration CACHED_AFTER = Duration.ofSeconds(130);

  /** How many pages are read at most if they have nothing: an inbox may have long ranges of a group that its user has left. */
  private static final int MORE_IF_EMPTY = 20;
  /** The time of a request that such pages leave for the last one and for the answer. */
  private static final Duration FOR_THE_LAST = Duration.ofSeconds(1);

  private final Cassandra cassandra;
  private final Clock clock;
  private final Slices slices;
  private final Timeline timeline;
  private final TimelineStatements timelines;
  private final Inbox inbox;
  private final PageCache cache;
  private final Visibility visibility;

  public Pages(Cassandra cassandra, Clock clock, Slices slices, PageCache cache) {
    this(cassandra, clock, slices, cache, new Visibility(new Memberships(cassandra), /* ownToo= */ false));
  }

  /** Pages of inboxes that also have what users wrote in groups that they have left. */
  public static Pages forExport(Cassandra cassandra, Clock clock, Slices slices, PageCache cache) {
    return new Pages(cassandra, clock, slices, cache,
        new Visibility(new Memberships(cassandra), /* ownToo= */ true));
  }

  private Pages(Cassandra cassandra, Clock clock, Slices slices, PageCache cache, Visibility visibility) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.timelines = new TimelineStatements(cassandra);
    this.inbox = new Inbox(cassandra);
    this.cache = cache;
    this.visibility = visibility;
  }

  /** The newest page, newest message first. */
  public Page newest(Scope scope, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    return scope.isInbox()
        ? newestOfInbox(walk, ceiling(now), limit)
        : cache.newest(scope.id(), limit, () -> walk.first(ceiling(now), limit)).from(scope.floor());
  }

  private static Page newestOfInbox(BackwardWalk walk, UUID ceiling, int limit) {
    Page first = walk.first(ceiling, limit);
    Page page = orFurther(walk, first, limit);
    // A walk towards the present need not pass over the empty pages again.
    return new Page(page.messages(), page.next(), first.previous());
  }

  /** A page towards the past, or the first one below it that has anything. */
  private static Page orFurther(BackwardWalk walk, Page first, int limit) {
    Page page = first;
    for (int more = MORE_IF_EMPTY; page.messages().isEmpty() && page.next() != null
        && mayGoOn(more); more--) {
      page = walk.page(Objects.requireNonNull(page.next()), limit);
    }
    return page;
  }

  private static boolean mayGoOn(int more) {
    return more > 0 && Deadline.remaining().compareTo(FOR_THE_LAST) > 0;
  }

  /** The next page towards the past, newest message first. */
  public Page before(Scope scope, CursorPosition position, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    CursorPosition from = walk.recheck(position);
    if (scope.isInbox() || Uuid7.millis(from.at()) > now - CACHED_AFTER.toMillis()) {
      return orFurther(walk, walk.page(from, limit), limit).from(scope.floor());
    }
    // Everything here is settled, so the page depends on the key only. The unsettled range of the cursor is kept
    // beside it.
    Page page = cache.upTo(scope.id(), from.at(), limit,
        () -> walk.page(CursorPosition.at(from.at()), limit));
    CursorPosition next = page.next();
    return new Page(page.messages(), next == null ? null : new CursorPosition(next.at(), from.unsettled()),
        page.previous())
      .from(scope.floor());
  }

  /** The next page towards the present, oldest message first. */
  public Page after(Scope scope, CursorPosition position, int limit) {
    long now = now();
    UUID floor = scope.floor();
    // What is below was not there for this reader, or is not there any more, so the walk does not read it.
    UUID oldest = scope.longest().oldest(Instant.ofEpochMilli(now), floor);
    CursorPosition from = oldest == null || position.at().compareTo(oldest) >= 0
        ? position
        : CursorPosition.at(Uuid7.before(oldest));
    ForwardWalk walk = new ForwardWalk(feed(scope, now), settled(scope, now));
    Page page = walk.page(from, limit).from(floor);
    for (int more = MORE_IF_EMPTY; page.messages().isEmpty() && page.more() && mayGoOn(more); more--) {
      page = walk.page(Objects.requireNonNull(page.next()), limit).from(floor);
    }
    return page;
  }

  /** The present time, taken before the first read, so that this read sees everything which had settled by then. */
  private long now() {
    cassandra.requireClockAgreement();
    return clock.millis();
  }

  private Feed feed(Scope scope, long now) {
    if (scope.isInbox()) {
      return new InboxFeed(cassandra, inbox, timeline, visibility, scope.id(), ceiling(now));
    }
    // Not the reader's floor, because pages are cached for all members.
    UUID oldest = scope.longest().oldest(Instant.ofEpochMilli(now));
    return new TimelineFeed(timelines, slices, timeline, scope.id(),
        oldest == null ? CursorPosition.BEGINNING.at() : Uuid7.before(oldest));
  }

  private static UUID settled(Scope scope, long now) {
    Duration delta = scope.isInbox() ? InboxFeed.DELTA : TimelineFeed.DELTA;
    return Uuid7.last(now - delta.toMillis() - 1);
  }

  private static UUID ceiling(long now) {
    return Uuid7.last(now + MAX_AHEAD.toMillis());
  }
}
