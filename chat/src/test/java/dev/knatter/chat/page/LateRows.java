package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Inbox.Reference;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;

/**
 * Half an hour of a conversation in which writers are stopped, stores are slow and clocks differ by all that they may,
 * while readers walk in both directions. The product's own writer makes the rows of each message. Every row lands at a
 * moment of its own, within what the protocol allows: within five seconds of minting its position where the writer could
 * forget it; at any time otherwise, and then the sweep enters it again.
 */
final class LateRows {
  /** More under {@code -Dknatter.soak}. */
  private static final int MESSAGES = Long.getLong("knatter.soak") == null ? 40 : 60;
  private static final int WRITERS = 4;
  private static final int SKEW = 1_000;
  private static final int IN_TIME = 5_000;

  /** Something that reaches the store at a moment. */
  private record Landing(long at, Runnable write) {}

  /**
   * One who reads by a clock of their own.
   *
   * @param there what was there when they began
   */
  private record Reader(Walker walker, int skew, Set<UUID> there) {}

  private final Reading reading;
  private final Random random;
  private final boolean late;
  private final boolean large;
  private final UUID ada;
  private final UUID grace;
  private final Conversation conversation;
  private final MovableClock time = new MovableClock(Reading.START);
  private final List<Pod> writers = new ArrayList<>();
  private final Inbox inbox;
  private final PriorityQueue<Landing> landings = new PriorityQueue<>(Comparator.comparingLong(Landing::at));
  private final Set<UUID> sent = new HashSet<>();
  private final Set<UUID> acknowledged = new HashSet<>();
  private final List<Reader> readers = new ArrayList<>();
  private long now = time.millis();

  /** What kind of conversation it is. In a large group the commit enters a message for its sender only. */
  enum Kind {
    DIRECT, GROUP, LARGE_GROUP
  }

  /** @param late whether anything lands late at all */
  LateRows(Reading reading, Kind kind, boolean late) {
    this.reading = reading;
    this.random = reading.random;
    this.late = late;
    this.ada = reading.user();
    this.grace = reading.user();
    this.large = kind == Kind.LARGE_GROUP;
    List<UUID> members = List.of(ada, grace);
    this.conversation = kind == Kind.DIRECT
        ? Conversation.direct(ada, grace)
        : new Conversation(new TestGroup(reading.session, members).id, Conversation.GROUP, members);
    this.inbox = new Inbox(reading.cassandra);
    if (random.nextBoolean()) {
      reading.shorten(conversation, now + random.nextInt(300_000), 300);
    }
    for (int i = 0; i < WRITERS; i++) {
      writers
        .add(new Pod(reading.cassandra, Clock.offset(time, Duration.ofMillis(skew())), random.nextLong()));
    }
  }

  void run() {
    int left = MESSAGES;
    while (left > 0 || !landings.isEmpty()) {
      passTime(left);
      if (left > 0 && random.nextInt(3) > 0) {
        left--;
        attempt();
      }
      step();
    }
    for (int i = 0; i < 3; i++) {
      goTo(now + 1_000_000);
      readers.forEach(this::readAll);
    }
    readers.forEach(this::check);
  }

  private void passTime(int left) {
    Landing first = landings.peek();
    long pause = random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(4_000);
    goTo(left == 0 && first != null ? Math.max(now, first.at()) : now + pause);
    for (Landing due = landings.peek(); due != null && due.at() <= now; due = landings.peek()) {
      landings.remove().write().run();
    }
  }

  private void goTo(long millis) {
    now = millis;
    time.set(Instant.ofEpochMilli(millis));
  }

  private int skew() {
    return late ? random.nextInt(-SKEW, SKEW + 1) : 0;
  }

  private Pod writer() {
    return writers.get(random.nextInt(WRITERS));
  }

  /** A writer begins to write a message. */
  private void attempt() {
    Pod writer = writer();
    UUID sender = random.nextBoolean() ? ada : grace;
    UUID clientId = reading.id(writer.clock.millis() - (late ? random.nextInt(-SKEW, 60_000) : 0));
    Message message = Pod.message(new Draft(conversation, sender, "m", "text/plain", null, null), clientId);
    sent.add(message.id());
    if (!large) {
      enter(writer.rows(message, Audience.of(conversation)), message.id());
    } else if (land(writer.rows(message, ofSender(sender))) < Long.MAX_VALUE) {
      fanOutLater(message);
    } else {
      sweepLater(message.id());
    }
  }

  private Audience ofSender(UUID sender) {
    return new Audience(new Conversation(conversation.id(), Conversation.GROUP, List.of(sender)), 2,
        System.nanoTime());
  }

  /** The process enters the message for the others in the background, perhaps much later; or it has stopped. */
  private void fanOutLater(Message message) {
    if (late && random.nextInt(4) == 0) {
      sweepLater(message.id());
    } else {
      List<UUID> others = conversation.members()
        .stream()
        .filter(user -> !user.equals(message.sender()))
        .toList();
      land(now + IN_TIME + 1 + random.nextInt(20_000),
          () -> enter(writer().rowsOfChunk(message, others), message.id()));
    }
  }

  /** Lets each row of a batch land at its moment. Returns the last of these moments. */
  private long land(List<BatchableStatement<?>> rows) {
    boolean inTime = !late || random.nextInt(4) > 0;
    long last = now;
    for (BatchableStatement<?> row : rows) {
      last = Math.max(last, land(lands(inTime), () -> reading.cassandra.execute(row)));
    }
    return inTime ? last : Long.MAX_VALUE;
  }

  /** Each row lands at its moment. Where that may be late, the sweep comes by, and may be stopped in turn. */
  private void enter(List<BatchableStatement<?>> rows, UUID id) {
    long last = land(rows);
    if (last < Long.MAX_VALUE) {
      land(last, () -> acknowledged.add(id));
    } else {
      sweepLater(id);
    }
  }

  private long lands(boolean inTime) {
    if (!late) {
      return now;
    }
    return now + (inTime ? random.nextInt(IN_TIME) : random.nextInt(400_000));
  }

  private void sweepLater(UUID id) {
    land(now + 1 + random.nextInt(60_000), () -> {
      Pod sweeping = writer();
      sweeping.find(conversation.id(), id)
        .ifPresentOrElse(found -> enter(sweeping.rowsOfReentry(found, conversation), id),
            () -> sweepLater(id));
    });
  }

  private long land(long at, Runnable write) {
    if (at <= now) {
      write.run();
    } else {
      landings.add(new Landing(at, write));
    }
    return at;
  }

  /** A reader comes, or some go on. */
  private void step() {
    if (readers.size() < 5 && random.nextInt(5) == 0) {
      boolean inInbox = random.nextBoolean();
      int skew = skew();
      setClock(skew);
      Set<UUID> there = there(inInbox);
      Scope scope = inInbox ? Scope.inbox(grace) : Scope.conversation(conversation.id());
      readers.add(new Reader(new Walker(reading.pages, scope, limit()), skew, there));
    }
    for (Reader reader : readers) {
      setClock(reader.skew());
      switch (random.nextInt(7)) {
        case 0, 1 -> reader.walker().up(limit());
        case 3 -> readUp(reader);
        case 2 -> reader.walker().down(limit());
        default -> {
          // reads nothing for a while
        }
      }
    }
  }

  /** What has landed so that a reader must find it: the message and, for an inbox, its row there. */
  private Set<UUID> there(boolean inInbox) {
    Set<UUID> there = writers.getFirst().stored(conversation.id(), sent);
    if (inInbox) {
      there.retainAll(
          inbox.above(grace, Inbox.month(now), Uuid7.floor(0), Integer.MAX_VALUE)
            .stream()
            .map(Reference::id)
            .toList());
    }
    return there;
  }

  /** Reads to the end, and has then got whatever was acknowledged since they began, however it sorts. */
  private void readUp(Reader reader) {
    while (reader.walker().up(20) > 0) {
      // reads on until there is nothing more
    }
    Set<UUID> missed = new HashSet<>(acknowledged);
    missed.removeAll(reader.there());
    reader.walker().above().forEach(missed::remove);
    reader.walker().below().forEach(missed::remove);
    assertThat(missed).as("acknowledged and not handed out to a reader of " + reader.walker()).isEmpty();
  }

  private int limit() {
    return 1 + random.nextInt(random.nextBoolean() ? 3 : 20);
  }

  private void setClock(int skew) {
    reading.clock.set(Instant.ofEpochMilli(now + skew));
  }

  private void readAll(Reader reader) {
    setClock(reader.skew());
    while (!reader.walker().hasEnded()) {
      reader.walker().down(20);
    }
    readUp(reader);
  }

  private void check(Reader reader) {
    Walker walker = reader.walker();
    List<UUID> all = new ArrayList<>(walker.below());
    all.addAll(walker.above());
    assertThat(sent).filteredOn(id -> !all.contains(id)).as("missed by a reader of " + walker).isEmpty();
    assertThat(sent).as("messages").containsAll(all);
    assertThat(walker.below()).as("the walk towards the past, of what was there before")
      .containsAll(reader.there());
    if (!late) {
      assertThat(all).as("both walks where nothing landed late").doesNotHaveDuplicates();
    }
  }
}
