package dev.knatter.chat.page;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Reads pages. Their cost depends on how many messages they hold, not on how many there are. */
public final class Pages {
  /** No key is further ahead of this machine's clock: clients' ids and other machines may each be a second ahead. */
  private static final Duration AHEAD = Duration.ofSeconds(10);

  /** Pages below this age are kept: what lands there afterwards is rare, and makes them void. */
  private static final Duration KEPT = Duration.ofSeconds(130);

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

  /** The newest messages, newest first. */
  public Page newest(Scope scope, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    return scope.isInbox()
        ? walk.first(ceiling(now), limit)
        : cache.newest(scope.id(), limit, () -> walk.first(ceiling(now), limit));
  }

  /** Further messages towards the past, newest first. */
  public Page before(Scope scope, CursorPosition place, int limit) {
    long now = now();
    BackwardWalk walk = new BackwardWalk(feed(scope, now), settled(scope, now));
    CursorPosition from = walk.secondLook(place);
    if (scope.isInbox() || Uuid7.millis(from.at()) > now - KEPT.toMillis()) {
      return walk.page(from, limit);
    }
    // All settled: what is there depends on the key alone, and the stretch that the cursor carries goes past it.
    Page page = cache.upTo(scope.id(), from.at(), limit,
        () -> walk.page(CursorPosition.at(from.at()), limit));
    CursorPosition next = page.next();
    return new Page(page.messages(), next == null ? null : new CursorPosition(next.at(), from.young()),
        page.previous());
  }

  /** Further messages towards the present, oldest first. */
  public Page after(Scope scope, CursorPosition place, int limit) {
    long now = now();
    return new ForwardWalk(feed(scope, now), settled(scope, now)).page(place, limit);
  }

  /** Taken before the first read: whatever was settled then, is seen. */
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
    return Uuid7.last(now + AHEAD.toMillis());
  }
}
