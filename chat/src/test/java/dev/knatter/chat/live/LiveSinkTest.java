package dev.knatter.chat.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.live.Proxies.Item;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.Destination;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink.Outcome;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told what, where proxies hold the connections. */
final class LiveSinkTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Clock clock = Clock.systemUTC();
  private final Uuid7 ids = new Uuid7(clock);
  private final List<Item> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean isAway;
  private final Proxies proxies = new Proxies() {
    @Override
    public boolean exist() {
      return true;
    }

    @Override
    public boolean accept(List<Item> items) {
      attempts.incrementAndGet();
      if (!isAway) {
        told.addAll(items);
      }
      return !isAway;
    }
  };
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private final LiveSink sink = sink();
  private final UUID ada = ids.mint();
  private final UUID grace = ids.mint();
  private final UUID linus = ids.mint();

  private LiveSink sink() {
    Usernames names = new Usernames(stores.cassandra());
    MessageViews views = new MessageViews(names, new Reactions(stores.cassandra(), clock));
    FramePublisher frames = new FramePublisher(new Bell(stores.redis()), proxies, views,
        this::write);
    return new LiveSink(stores.cassandra(), frames, new Memberships(stores.cassandra()),
        new Timeline(stores.cassandra(), new Slices(stores.cassandra(), clock)), names, clock);
  }

  private byte[] write(LiveFrame frame) {
    if (frame instanceof LiveFrame.Bye bye) {
      reasons.add(bye.reason());
    }
    return ("{\"type\":\"" + frame.type() + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private static Message message(UUID id, UUID conversation, UUID sender, UUID recipient) {
    return new Message(id, conversation, sender, recipient, "hello", "text/plain", null, null, 1, null, null,
        false);
  }

  private static Message toGroup(UUID id, UUID group, UUID sender) {
    return new Message(id, group, sender, null, "hello", "text/plain", null, null, 1, null, null, false);
  }

  private static ChatEvent sent(Message message) {
    return new ChatEvent(new EventReference(EventType.MESSAGE_SENT, message.conversationId(), message.id()),
        Instant.EPOCH, Map.of(), message);
  }

  private List<String> channels() {
    return told.stream().map(Item::channel).toList();
  }

  @Test
  void directMessage_isToldToBoth_withANumberForEach() {
    Conversation direct = Conversation.direct(ada, grace);
    Message message = message(ids.mint(), direct.id(), ada, grace);
    assertThat(sink.deliver(sent(message))).isEqualTo(Outcome.ACCEPTED);
    assertThat(sink.deliver(sent(message))).isEqualTo(Outcome.ACCEPTED);
    assertThat(channels()).containsExactlyInAnyOrder(Channel.user(ada), Channel.user(grace),
        Channel.user(ada),
        Channel.user(grace));
    assertThat(told).filteredOn(item -> item.channel().equals(Channel.user(grace)))
      .extracting(Item::frame)
      .satisfiesExactly(
          first -> assertThat(first).startsWith("{\"type\":\"message\",\"epoch\":\"")
            .endsWith("\"sequence\":1}"),
          second -> assertThat(second).endsWith("\"sequence\":2}"));
  }

  @Test
  void messageOfAGroup_isNotToldToWhoeverMayNotSeeIt() {
    UUID group = Conversation.groupId(ada, "engines" + ada);
    UUID before = ids.mint();
    String insert = "INSERT INTO conversation_members (conversation_id, user_id, role, floor, version, member_count)"
        + " VALUES (?, ?, ?, ?, 1, 3)";
    stores.session().execute(insert, group, ada, "owner", null);
    stores.session().execute(insert, group, grace, "member", ids.mint(Instant.now().plusSeconds(60)));
    stores.session().execute(insert, group, linus, "none", null);
    assertThat(sink.deliver(sent(toGroup(before, group, ada)))).isEqualTo(Outcome.ACCEPTED);
    assertThat(channels()).containsExactly(Channel.user(ada));
  }

  @Test
  void endOfASession_closesItsConnections_andThatOfAUserAllOfTheirs() {
    UUID session = UUID.randomUUID();
    Outcome _ = sink.deliver(
        new ChatEvent(new EventReference(EventType.SESSION_ENDED, ada, session), Instant.EPOCH));
    Outcome _ = sink.deliver(
        new ChatEvent(new EventReference(EventType.USER_ERASED, ada, session), Instant.EPOCH));
    assertThat(told).containsExactly(new Item(Channel.session(session), "{\"type\":\"bye\"}", true),
        new Item(Channel.user(ada), "{\"type\":\"bye\"}", true));
  }

  /** The session goes on at its issuer, so the next login may have the same channel. */
  @Test
  void endOfAnOutsideSession_thatIsToldLate_leavesItToTheToken() {
    EventReference outside = new EventReference(EventType.OUTSIDE_SESSION_ENDED, ada, UUID.randomUUID());
    Outcome _ = sink.deliver(new ChatEvent(outside, clock.instant()));
    Outcome _ = sink.deliver(new ChatEvent(outside, clock.instant().minusSeconds(30)));
    EventReference ours = new EventReference(EventType.SESSION_ENDED, ada, UUID.randomUUID());
    Outcome _ = sink.deliver(new ChatEvent(ours, clock.instant().minusSeconds(30)));
    assertThat(reasons).containsExactly("revoked", "expired", "revoked");
  }

  @Test
  void endThatAProxyHasNotAccepted_isTriedAgain() {
    isAway = true;
    UUID session = UUID.randomUUID();
    ChatEvent ended = new ChatEvent(new EventReference(EventType.SESSION_ENDED, ada, session), Instant.EPOCH);
    Thread telling = Thread.ofVirtual()
      .start(() -> {
        Outcome _ = sink.deliver(ended);
      });
    await().until(() -> attempts.get() == 1);
    isAway = false;
    await().until(() -> !telling.isAlive());
    assertThat(told).containsExactly(new Item(Channel.session(session), "{\"type\":\"bye\"}", true));
  }

  @Test
  void change_isToldToWhoeverWasOrIsConcerned() {
    ChatEvent removed = new ChatEvent(
        new EventReference(EventType.MEMBER_REMOVED, UUID.randomUUID(), UUID.randomUUID()),
        Instant.EPOCH, Map.of("version", 3, "memberId", linus), Set.of(ada, grace));
    assertThat(sink.deliver(removed)).isEqualTo(Outcome.ACCEPTED);
    assertThat(channels()).containsExactlyInAnyOrder(Channel.user(ada), Channel.user(grace),
        Channel.user(linus));
  }

  @Test
  void frame_thatAProxyHasNotAccepted_keepsItsRow() {
    Random random = new Random();
    PublicationTable table = new PublicationTable(stores.cassandra(), ids, random, Destination.LIVE);
    try (Publisher publisher = new Publisher(stores.cassandra(), table, sink)) {
      isAway = true;
      Message message = message(ids.mint(), Conversation.direct(ada, grace).id(), ada, grace);
      try (Publication publication = publisher
        .open(new EventReference(EventType.SESSION_ENDED, ada, message.id()))) {
        publication.announce();
        publication.happened();
      }
    }
    assertThat(rows()).hasSize(1);
    assertThat(stores.session().execute("SELECT id FROM publications").all()).isEmpty();
    isAway = false;
    try (Publisher publisher = new Publisher(stores.cassandra(),
        new PublicationTable(stores.cassandra(), ids, random, Destination.LIVE), sink);
        Publication publication = publisher
          .open(new EventReference(EventType.SESSION_ENDED, ada, UUID.randomUUID()))) {
      publication.announce();
      publication.happened();
      await().atMost(Duration.ofSeconds(10)).until(() -> !told.isEmpty());
    }
    await().until(() -> rows().size() == 1); // the accepted one is gone, and the other one waits for the sweep
  }

  @Test
  void whileAProxyIsAway_theOthersAreToldOfEveryEvent() {
    AtomicInteger offered = new AtomicInteger();
    PublicationTable table = new PublicationTable(stores.cassandra(), ids, new Random(), Destination.LIVE);
    try (Publisher publisher = new Publisher(stores.cassandra(), table, _ -> {
      offered.incrementAndGet();
      return Outcome.AWAY;
    })) {
      for (int i = 1; i <= 3; i++) {
        int count = i;
        try (Publication publication = publisher
          .open(new EventReference(EventType.SESSION_ENDED, ada, UUID.randomUUID()))) {
          publication.announce();
          publication.happened();
        }
        await().until(() -> offered.get() == count);
      }
    }
    // The rows wait for a sweep, and another test counts rows.
    var _ = stores.session().execute("TRUNCATE live_publications");
  }

  private List<?> rows() {
    return new ArrayList<>(stores.session().execute("SELECT id FROM live_publications").all());
  }
}
