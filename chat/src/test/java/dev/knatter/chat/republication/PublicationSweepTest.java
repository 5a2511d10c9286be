package dev.knatter.chat.republication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Account;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.erasure.Erasures;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageEvents;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.message.TimelineChanges.Stored;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.DomainError.UsernameTaken;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revoker;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What has happened is published, whatever happens to the process or the sink. */
final class PublicationSweepTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration ENOUGH = Duration.ofMinutes(1);

  private final Instant now = Clock.systemUTC().instant();
  private final MovableClock clock = new MovableClock(now);
  private final Random random = new Random();
  private final Uuid7 ids = new Uuid7(clock, random);
  private final Cassandra cassandra = stores.openCassandra();
  private final Slices slices = new Slices(cassandra, clock);
  private final Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
  private final List<ChatEvent> accepted = new CopyOnWriteArrayList<>();
  private volatile EventSink sink = this::accept;
  private final PublicationTable table = new PublicationTable(cassandra, ids, random);
  private final Publisher publisher = new Publisher(cassandra, table, event -> sink.deliver(event));
  private final MessageLog log = new MessageLog(cassandra, clock, random, slices, outbox, publisher);
  private final UUID ada = UUID.randomUUID();
  private final Draft draft = new Draft(Conversation.direct(ada, new UUID(1, 1)), ada, "hello", "text/plain",
      null, null);

  @TempDir
  Path folder;

  private EventSink.Outcome accept(ChatEvent event) {
    accepted.add(event);
    return EventSink.Outcome.ACCEPTED;
  }

  @BeforeEach
  void beginNow() {
    stores.session().execute("TRUNCATE publications");
    stores.beginSweep("PUBLISH_", now);
  }

  @AfterEach
  void close() {
    outbox.close();
    cassandra.close();
  }

  private UUID send() {
    return log.append(draft, Uuid7.of(now.toEpochMilli(), random.nextLong(), random.nextLong()))
      .message()
      .id();
  }

  private List<String> eventIds() {
    return accepted.stream().map(event -> event.reference().eventId()).toList();
  }

  private long rows() {
    return stores.session().execute("SELECT id FROM publications").all().size();
  }

  private Outcome sweepAfter(Duration passed) {
    clock.set(now.plus(passed));
    PublicationTable another = new PublicationTable(cassandra, ids, random);
    return new PublicationSweep(cassandra, clock, slices, another, event -> sink.deliver(event)).run(ENOUGH);
  }

  /** After an answer that was lost; a sender on another device has deleted the message. */
  @Test
  void messageThatIsSentAgainAfterItsDeletion_isNotToldWithItsContent() {
    UUID clientId = Uuid7.of(now.toEpochMilli(), random.nextLong(), random.nextLong());
    UUID id = log.append(draft, clientId).message().id();
    Deletions deletions = new Deletions(cassandra, slices, new Reactions(cassandra, clock));
    assertThat(deletions.deleteContent(draft.conversation().id(), List.of(id), ada, now)).isTrue();
    clock.set(now.plusSeconds(70));
    assertThat(log.append(draft, clientId).message().content()).isEmpty();
    await().until(() -> accepted.size() == 2);
    assertThat(accepted).filteredOn(event -> "".equals(event.data().get("content")))
      .singleElement()
      .satisfies(event -> assertThat(event.data()).containsEntry("version", 2));
  }

  @Test
  void sentMessage_isPublished_andItsRowGoes() {
    UUID id = send();
    await().until(() -> !accepted.isEmpty());
    ChatEvent event = accepted.getFirst();
    assertThat(event.reference())
      .isEqualTo(new EventReference(EventType.MESSAGE_SENT, draft.conversation().id(), id));
    assertThat(event.time()).isEqualTo(Uuid7.instant(id));
    assertThat(event.data())
      .isEqualTo(Map.of("id", id, "conversationId", draft.conversation().id(), "senderId",
          ada, "recipientId", new UUID(1, 1), "contentType", "text/plain", "sentAt", Uuid7.instant(id),
          "version", 1, "content", "hello"));
    publisher.close();
    assertThat(rows()).isZero();
    assertThat(sweepAfter(Duration.ofHours(5))).isEqualTo(new Outcome(0, true));
    assertThat(accepted).hasSize(1);
  }

  @Test
  void sinkThatIsAway_losesNothing_andHoldsUpNobody() {
    sink = _ -> EventSink.Outcome.AWAY;
    List<String> sent = IntStream.range(0, 5).mapToObj(_ -> "sent-" + send()).toList();
    publisher.close();
    assertThat(rows()).isEqualTo(5);
    assertThat(sweepAfter(Duration.ofSeconds(75))).isEqualTo(new Outcome(0, false));
    assertThat(sweepAfter(Duration.ofHours(1))).isEqualTo(new Outcome(0, false));

    sink = this::accept;
    assertThat(sweepAfter(Duration.ofMinutes(61))).isEqualTo(new Outcome(5, true));
    assertThat(eventIds()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(rows()).isZero();
    assertThat(stores.session()
      .execute("SELECT id FROM inbox WHERE user_id = ? AND month = ?", ada, Inbox.month(now.toEpochMilli()))
      .all()).hasSize(5);
  }

  @Test
  void eventThatTheSinkRefuses_holdsNothingUp_andIsGivenUpAtLast() {
    String refused = "sent-" + send();
    String other = "sent-" + send();
    publisher.close();
    accepted.clear();
    stores.session().execute("TRUNCATE publications");
    sink = event -> event.reference().eventId().equals(refused) ? EventSink.Outcome.REFUSED : accept(event);
    EventReference one = reference(refused);
    leave(one);
    leave(reference(other));
    assertThat(sweepAfter(Duration.ofSeconds(75))).isEqualTo(new Outcome(1, true));
    assertThat(eventIds()).containsExactly(other);
    assertThat(rows()).isOne();
    assertThat(sweepAfter(Duration.ofHours(5)).complete()).isTrue();
    assertThat(rows()).isZero();
  }

  private EventReference reference(String eventId) {
    return new EventReference(EventType.MESSAGE_SENT, draft.conversation().id(),
        UUID.fromString(eventId.substring("sent-".length())));
  }

  /** Leaves what a process leaves that is killed before its next step. */
  private void leave(EventReference reference) {
    Publisher killed = new Publisher(cassandra, new PublicationTable(cassandra, ids, random), _ -> {
      throw new AssertionError("it was killed before");
    });
    Publication publication = killed.open(reference);
    publication.announce();
    publication.close();
  }

  /** The rows of other batches may be there before the message is. */
  @Test
  void messageThatIsNotThere_isWaitedFor_andNeverPublished() {
    leave(new EventReference(EventType.MESSAGE_SENT, draft.conversation().id(), ids.mint()));
    assertThat(sweepAfter(Duration.ofHours(2))).isEqualTo(new Outcome(0, true));
    assertThat(rows()).isOne();
    assertThat(sweepAfter(Duration.ofHours(5))).isEqualTo(new Outcome(0, true));
    assertThat(rows()).isZero();
    assertThat(accepted).isEmpty();
  }

  /** Of the two edits, the sweep publishes the one that was made, and of the deletion nothing. */
  @Test
  void changeOfAKilledProcess_isPublishedIfItWasMade() {
    UUID id = send();
    publisher.close();
    accepted.clear();
    UUID conversation = draft.conversation().id();
    Deletions deletions = new Deletions(cassandra, slices, new Reactions(cassandra, clock));
    TimelineChanges changes = new TimelineChanges(cassandra, slices, deletions);
    Stored stored = changes.find(conversation, id).orElseThrow();
    Message edited = stored.message().edited("hello again", "text/plain", null, now);
    leave(MessageEvents.changed(edited));
    leave(new EventReference(EventType.MESSAGE_EDITED, conversation, id, 3));
    leave(MessageEvents.changed(edited.deleted(now)));
    assertThat(changes.apply(stored, edited)).isTrue();

    assertThat(sweepAfter(Duration.ofSeconds(75))).isEqualTo(new Outcome(1, true));
    assertThat(eventIds()).containsExactly("edited-" + id + "-2");
    assertThat(accepted.getFirst().data()).containsEntry("version", 2)
      .containsEntry("content", "hello again");

    assertThat(changes.apply(changes.find(conversation, id).orElseThrow(), edited.deleted(now))).isTrue();
    accepted.clear();
    assertThat(sweepAfter(Duration.ofMinutes(12))).isEqualTo(new Outcome(2, true));
    assertThat(eventIds()).containsExactlyInAnyOrder("deleted-" + id, "edited-" + id + "-3");
    assertThat(accepted).allSatisfy(event -> assertThat(event.data()).containsEntry("content", ""));
    assertThat(rows()).isZero();
  }

  @Test
  void sinkThatHangs_delaysNoSend_andTakesBoundedMemory() {
    CountDownLatch hanging = new CountDownLatch(1);
    sink = event -> {
      try {
        hanging.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return accept(event);
    };
    Draft large = new Draft(draft.conversation(), ada, "x".repeat(16_000), "text/plain", null, null);
    int many = 200;
    for (int i = 0; i < many; i++) {
      log.append(large, Uuid7.of(now.toEpochMilli(), random.nextLong(), random.nextLong()));
    }
    hanging.countDown();
    publisher.close();
    assertThat(accepted).hasSizeBetween(100, many - 1); // 4 MiB of them
    assertThat(rows()).isEqualTo(many - accepted.size());
    sink = this::accept;
    assertThat(sweepAfter(Duration.ofSeconds(75)).complete()).isTrue();
    assertThat(eventIds()).doesNotHaveDuplicates().hasSize(many);
  }

  private Registration registration() {
    return new Registration(cassandra, clock, ids, new Passwords(2), names(), publisher);
  }

  private ErasedNames names() {
    try {
      Path key = folder.resolve("name.key");
      Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
      return ErasedNames.from(Env.of(Map.of("KNATTER_NAME_KEY_FILE", key.toString())), cassandra);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NewAccount wanted(String name) {
    return NewAccount.checked(name, "correct horse", null, null);
  }

  private String name() {
    return "u" + Long.toHexString(random.nextLong());
  }

  @Test
  void registration_isPublishedOnce_andOneThatFailsIsNot() {
    String name = name();
    Account account = registration().register(wanted(name));
    assertThatThrownBy(() -> registration().register(wanted(name))).isInstanceOf(UsernameTaken.class);
    publisher.close();
    assertThat(eventIds()).containsExactly("registered-" + account.userId());
    assertThat(accepted.getFirst().data()).isEqualTo(Map.of("userId", account.userId()));
    assertThat(rows()).isZero();
  }

  /** The intent is written before the transaction, so it says nothing of how that ended. */
  @Test
  void processKilledAroundARegistration_isToldApart() {
    sink = _ -> EventSink.Outcome.AWAY;
    Account registered = registration().register(wanted(name()));
    publisher.close();
    UUID never = ids.mint();
    leave(new EventReference(EventType.USER_REGISTERED, never, never));
    sink = this::accept;
    assertThat(sweepAfter(Duration.ofSeconds(75))).isEqualTo(new Outcome(1, true));
    assertThat(eventIds()).containsExactly("registered-" + registered.userId());
    assertThat(sweepAfter(Duration.ofHours(5)).complete()).isTrue();
    assertThat(accepted).hasSize(1);
    assertThat(rows()).isZero();
  }

  @Test
  void endOfASession_isPublished_whenItHasEnded() {
    UUID open = ids.mint();
    UUID ended = ids.mint();
    for (UUID session : List.of(open, ended)) {
      stores.session()
        .execute("INSERT INTO sessions (user_id, session_id, created_at, last_used_at) VALUES (?, ?, ?, ?)",
            ada,
            session, now, now);
      leave(new EventReference(EventType.SESSION_ENDED, ada, session));
    }
    Sessions sessions = new Sessions(cassandra, new Revoker(cassandra, ids), publisher);
    sessions.end(ada, ended);
    publisher.close();
    assertThat(eventIds()).containsExactly("ended-" + ended);
    assertThat(accepted.getFirst().data()).isEqualTo(Map.of("userId", ada, "sessionId", ended));
    assertThat(sweepAfter(Duration.ofSeconds(75)).complete()).isTrue();
    assertThat(eventIds()).containsOnly("ended-" + ended).hasSize(2);
    assertThat(sweepAfter(Duration.ofHours(5)).complete()).isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void erasure_isPublishedOnce_thoughItIsOrderedTwice() {
    Account account = registration().register(wanted(name()));
    Identity caller = new Identity(account.userId(), account.username().value(), ids.mint());
    Erasures erasures = new Erasures(cassandra, stores.redis(), clock, new Passwords(2), names(), publisher);
    UUID erasure = erasures.begin(caller, "correct horse", null).erasureId();
    assertThat(erasures.begin(caller, "correct horse", null).erasureId()).isEqualTo(erasure);
    publisher.close();
    assertThat(eventIds()).containsExactlyInAnyOrder("registered-" + account.userId(), "erased-" + erasure);
    assertThat(rows()).isZero();

    leave(new EventReference(EventType.USER_ERASED, account.userId(), erasure));
    leave(new EventReference(EventType.USER_ERASED, account.userId(), UUID.randomUUID()));
    assertThat(sweepAfter(Duration.ofSeconds(75))).isEqualTo(new Outcome(1, true));
    assertThat(eventIds()).filteredOn(id -> id.startsWith("erased"))
      .containsExactly("erased-" + erasure,
          "erased-" + erasure);
  }

  @Test
  void storeThatIsAway_refusesTheIntent_andSoTheRegistration() {
    Registration registration = registration();
    String name = name();
    stores.cassandraProxy().cut();
    try {
      assertThatThrownBy(() -> registration.register(wanted(name))).isInstanceOf(Unavailable.class);
    } finally {
      stores.cassandraProxy().restore();
    }
    assertThat(accepted).isEmpty();
  }
}
