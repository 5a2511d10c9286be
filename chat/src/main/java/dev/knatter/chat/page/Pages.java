package dev.knatter.chat.page;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Reads pages. The cost of a page depends on its size and not on how many messages exist. */
public final class Pages {
  /** No key is further ahead of this clock. Client ids and other machines' clocks may each be a second ahead. */
  private static final Duration MAX_AHEAD = Duration.ofSeconds(10);

  /** Pages of messages older than this are cached. Later changes there are rare, and they invalidate the pages. */
  private static final Duration CACHED_AFTER = Duration.ofSeconds(130);

  private final Cassandra cassandra;
  private final Clock clock;
  private final Slices slices;
  private final Timeline timeline;
  private final TimelineStatements timelines;
  private final Inbox inbox;
  private final PageCache cache;

  public Pages(Cassandra cassandra, Clock clock, Slices slices, PageCache cache) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.timelines = new TimelineStatements(cassandra);
    this.inbox = new Inbox(cassandra);
    this.cache = cache;
  }

  /** The newest page, newest message first. */
  public Page newest(Scope scope, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    return scope.isInbox()
        ? walk.first(ceiling(now), limit)
        : cache.newest(scope.id(), limit, () -> walk.first(ceiling(now), limit));
  }

  /** The next page towards the past, newest message first. */
  public Page before(Scope scope, CursorPosition position, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    CursorPosition from = walk.recheck(position);
    if (scope.isInbox() || Uuid7.millis(from.at()) > now - CACHED_AFTER.toMillis()) {
      return walk.page(from, limit);
    }
    // Everything here is settled, so the page depends on the key only. The unsettled range of the cursor is kept
    // beside it.
    Page page = cache.upTo(scope.id(), from.at(), limit,
        () -> walk.page(CursorPosition.at(from.at()), limit));
    CursorPosition next = page.next();
    return new Page(page.messages(), next == null ? null : new CursorPosition(next.at(), from.unsettled()),
        page.previous());
  }

  /** The next page towards the present, oldest message first. */
  public Page after(Scope scope, CursorPosition position, int limit) {
    long now = now();
    return new ForwardWalk(feed(scope, now), settled(scope, now)).page(position, limit);
  }

  /** The present time, taken before the first read, so that this read sees everything which had settled by then. */
  private long now() {
    cassandra.requireClockAgreement();
    return clock.millis();
  }

  private Feed feed(Scope scope, long now) {
    return scope.isInbox()
        ? new InboxFeed(cassandra, inbox, timeline, scope.id(), ceiling(now))
        : new TimelineFeed(timelines, slices, timeline, scope.id());
  }

  private static UUID settled(Scope scope, long now) {
    Duration delta = scope.isInbox() ? InboxFeed.DELTA : TimelineFeed.DELTA;
    return Uuid7.last(now - delta.toMillis() - 1);
  }

  private static UUID ceiling(long now) {
    return Uuid7.last(now + MAX_AHEAD.toMillis());
  }
}
