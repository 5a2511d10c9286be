package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;

/**
 * Who is in a conversation, of two people or a group. Use it for whatever a member may do and others may not: read, send, edit,
 * react, read marks, presence.
 *
 * <p>Who is a member may be answered from a cache, for at most {@link #FRESH} after the read began. Who is no member is
 * always answered from the store: a member who was added a moment ago is never refused. So whoever leaves, is removed, or whose
 * conversation is deleted has nothing new after {@link #FRESH}, in every process, without any message between processes.
 *
 * <p>A membership check reads one row, however large the group is. For a group it reads the projection of the event log. The
 * rules for commands on groups check the log instead.
 */
public final class Memberships {
  /** How long an answer may be used after the read began. */
  public static final Duration FRESH = Duration.ofSeconds(5);

  private static final int REMEMBERED = 50_000;
  /** In members of all cached lists. A list weighs as much as eight members more. */
  private static final long REMEMBERED_MEMBERS = 400_000;
  private static final int LIST = 8;

  private final Conversations direct;
  private final MemberRows rows;
  private final Ticker ticker;
  private final Cache<Key, Membership> memberships;
  private final Cache<UUID, Members> lists;

  private record Key(UUID conversation, UUID user) {}

  public Memberships(Cassandra cassandra) {
    this(cassandra, Ticker.systemTicker());
  }

  /** @param ticker a monotonic clock */
  Memberships(Cassandra cassandra, Ticker ticker) {
    this.direct = new Conversations(cassandra);
    this.rows = new MemberRows(cassandra);
    this.ticker = ticker;
    this.memberships = Caffeine.newBuilder()
      .maximumSize(REMEMBERED)
      .expireAfter(Expiry.<Key, Membership>writing((_, found) -> left(found.readNanos())))
      .ticker(ticker)
      .executor(Runnable::run)
      .build();
    this.lists = Caffeine.newBuilder()
      .maximumWeight(REMEMBERED_MEMBERS)
      .weigher((UUID _, Members members) -> LIST + members.users().size())
      .expireAfter(Expiry.<UUID, Members>writing((_, found) -> left(found.readNanos())))
      .ticker(ticker)
      .executor(Runnable::run)
      .build();
  }

  /** The membership of a user; empty if the user is no member, or there is no such conversation (any more). */
  public Optional<Membership> find(UUID conversation, UUID user) {
    Membership known = memberships.getIfPresent(new Key(conversation, user));
    return known != null ? Optional.of(known) : present(conversation, user);
  }

  /** The same, always read from the store. */
  public Optional<Membership> present(UUID conversation, UUID user) {
    long readNanos = ticker.read();
    Optional<Membership> found = Conversation.isGroup(conversation)
        ? rows.join(conversation, user, rows.start(conversation, user), readNanos)
        : direct.find(conversation)
          .filter(two -> two.has(user))
          .map(two -> new Membership(conversation, user, Role.MEMBER, null, null,
              LongestRetention.FOR_EVER, two.members().size(), 0, readNanos));
    remember(new Key(conversation, user), found);
    return found;
  }

  private void remember(Key key, Optional<Membership> found) {
    found.ifPresentOrElse(member -> memberships.put(key, member), () -> memberships.invalidate(key));
  }

  /** The memberships of a user in some groups by group, read in parallel. A group that the user is not in is missing. */
  public Map<UUID, Membership> find(Set<UUID> groups, UUID user) {
    Map<UUID, Membership> found = new HashMap<>();
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    long readNanos = ticker.read();
    for (UUID group : groups) {
      Membership known = memberships.getIfPresent(new Key(group, user));
      if (known == null) {
        reads.put(group, rows.start(group, user));
      } else {
        found.put(group, known);
      }
    }
    reads.forEach((group, read) -> {
      Optional<Membership> present = rows.join(group, user, read, readNanos);
      remember(new Key(group, user), present);
      present.ifPresent(member -> found.put(group, member));
    });
    return found;
  }

  /**
   * Whom a message of a member has to reach. Of a large group the members are not read, so that its size does not matter.
   *
   * @throws NotFound if the user has left meanwhile
   */
  public Audience audience(Membership author) {
    UUID id = author.conversation();
    if (!Conversation.isGroup(id)) {
      return Audience.of(direct.find(id).orElseThrow(Memberships::notFound));
    }
    if (author.memberCount() > Conversation.MAX_MEMBERS) {
      return large(author, author.memberCount(), author.readNanos());
    }
    Members members = members(id);
    if (members.version() < author.version() || !members.users().contains(author.user())) {
      members = presentMembers(id); // the cached list is of the time before this member
    }
    if (!members.users().contains(author.user())) {
      throw notFound();
    }
    long readNanos = Math.min(members.readNanos(), author.readNanos());
    int size = members.users().size();
    return size > Conversation.MAX_MEMBERS
        ? large(author, size, readNanos)
        : new Audience(new Conversation(id, Conversation.GROUP, members.users()), size, readNanos);
  }

  /**
   * The audience of this moment. Who joins after this call has joined after all that the caller has stored before it, and so
   * has read it already. Of a large group nothing is read.
   */
  public Audience present(Audience known) {
    if (!Conversation.isGroup(known.id()) || known.isLarge()) {
      return known;
    }
    Members members = presentMembers(known.id());
    List<UUID> first = members.users().stream().limit(Conversation.MAX_MEMBERS).toList();
    return new Audience(new Conversation(known.id(), Conversation.GROUP, first), members.users().size(),
        members.readNanos());
  }

  private static Audience large(Membership author, int size, long readNanos) {
    return new Audience(new Conversation(author.conversation(), Conversation.GROUP, List.of(author.user())),
        size, readNanos);
  }

  /**
   * The membership of a user.
   *
   * @throws NotFound if the user is no member: for them the conversation does not exist
   */
  public Membership require(UUID conversation, UUID user) {
    return find(conversation, user).orElseThrow(Memberships::notFound);
  }

  /** All members, for a fan-out; without any if there is no such conversation (any more). */
  public Members members(UUID conversation) {
    Members known = lists.getIfPresent(conversation);
    return known != null ? known : presentMembers(conversation);
  }

  /** The same, always read from the store: what a sweep uses, which enters a message long after it was sent. */
  public Members presentMembers(UUID conversation) {
    long readNanos = ticker.read();
    Members found = Conversation.isGroup(conversation)
        ? rows.all(conversation, readNanos)
        : new Members(conversation, direct.find(conversation).map(Conversation::members).orElse(List.of()),
            Map.of(), null, LongestRetention.FOR_EVER, 0, readNanos);
    if (found.users().isEmpty()) {
      lists.invalidate(conversation);
    } else {
      lists.put(conversation, found);
    }
    return found;
  }

  /** The members of a group, or those whom it had when it was deleted. Always read from the store. */
  public List<UUID> lastMembers(UUID group) {
    return rows.last(group);
  }

  /** The error for those who are no members. */
  public static NotFound notFound() {
    return new NotFound("There is no such conversation.");
  }

  static boolean isOutdated(long readNanos) {
    return System.nanoTime() - readNanos > FRESH.toNanos();
  }

  private Duration left(long readNanos) {
    return FRESH.minusNanos(ticker.read() - readNanos);
  }
}
