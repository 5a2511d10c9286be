package dev.knatter.chat.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Accounts;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.DeviceKey;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.account.OutsideAccounts;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.PublicKeys;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.deadletter.Backoff;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeadLetterMeters;
import dev.knatter.chat.deadletter.DeadLetters;
import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.GroupRebuild;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.group.Versions;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.live.ProxyConnections;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.reading.ReadCommand;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.Reading;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.OutsideNameRefused;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.UsernameTaken;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideIdentity;
import dev.knatter.shared.token.OutsideSession;
import dev.knatter.testing.Contents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ErasureTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration A_WHILE = Duration.ofMinutes(6);
  private static final OutsideSession SESSION = new OutsideSession(UUID.randomUUID(), UUID.randomUUID(),
      Instant.EPOCH);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final String NUMBER = "+447700900123";
  private static final Network HOME = new Network("203.0.113.77");

  private final ErasureFixture fixture = new ErasureFixture(stores);
  private final Identity ada = fixture.register("ada", NUMBER, "Countess of Lovelace");
  private final Identity grace = fixture.register("grace", null, null);

  @AfterEach
  void close() {
    // Others must not find this test's number taken.
    new PhoneNumbers(fixture.cassandra).release(ada.userId(), NUMBER);
    fixture.close();
  }

  private ErasureReport erase(Identity who) {
    return fixture.erasures.begin(who, ErasureFixture.PASSWORD, HOME);
  }

  private static List<String> linesWith(String text) {
    return Stream
      .concat(Contents.ofCassandra(stores.real()).stream(), Contents.ofRedis(stores.real()).stream())
      .filter(line -> line.contains(text))
      .toList();
  }

  private static void openSession(Identity of, UUID session) {
    stores.session()
      .execute("INSERT INTO sessions (user_id, session_id, generation, device_name, device_address)"
          + " VALUES (?, ?, 1, 'pocket difference engine', 'push:4711')", of.userId(), session);
  }

  @Test
  void erased_hasReactedToNothing_andNobodyToWhatWasErased() {
    Message hers = fixture.say(ada, grace, "analytical engine");
    Message graces = fixture.say(grace, ada, "a nanosecond");
    for (Message message : List.of(hers, graces)) {
      fixture.react(ada, message, "x");
      fixture.react(grace, message, "y");
    }
    erase(ada);
    fixture.sweepAfter(A_DAY);
    assertThat(fixture.reacted(graces)).containsExactly(grace.userId());
    assertThat(fixture.reacted(hers)).isEmpty();
    assertThat(Objects.requireNonNull(fixture.find(hers)).version()).isEqualTo(2);
  }

  @Test
  void erased_leavesNothingOfHimInAnyTableOrKey() {
    new PublicKeys(fixture.cassandra).put(ada.userId(),
        new DeviceKey("pocket", "X25519", "QURB", "pocket engine"));
    openSession(ada, ada.sessionId());
    openSession(ada, UUID.randomUUID());
    new Webhooks(fixture.cassandra, fixture.clock).create(ada.userId(), UUID.randomUUID(),
        new NewWebhook(URI.create("https://engine.example.com/"), Set.of(), null, null));
    new Blocks(fixture.cassandra, new UserInvalidations(fixture.redis)).block(ada, grace.userId());
    new Blocks(fixture.cassandra, new UserInvalidations(fixture.redis)).block(grace, ada.userId());
    new ProxyConnections(fixture.redis, () -> {
      throw new AssertionError("one connection is not too many");
    }).opened(ada.userId(), "telephone");
    new PasswordThrottle(fixture.redis, RateLimit.LOGIN).attempt(ada.username(), HOME,
        () -> Optional.of(ada));
    Message hers = fixture.say(ada, grace, "analytical engine");
    Message note = fixture.say(ada, ada, "remember the engine");
    Message graces = fixture.say(grace, ada, "a nanosecond");
    new Reading(fixture.cassandra, fixture.clock, new Memberships(fixture.cassandra),
        new TimelineRows(fixture.cassandra, new Slices(fixture.cassandra, fixture.clock)),
        new ReadMarks(fixture.cassandra))
      .mark(ada.userId(), new ReadCommand(graces.conversationId(), graces.id()));

    new DeadLetters(fixture.cassandra, fixture.clock, _ -> Optional.of(ada.userId()), new Backoff(3),
        new DeadLetterMeters())
      .arrived(DeadLetter.of(Map.of("id", "1", "source", "/engine", "type", "send"),
          "a dead engine".getBytes(StandardCharsets.UTF_8)));

    ErasureReport begun = erase(ada);
    fixture.sweepAfter(A_WHILE);
    ErasureReport erased = fixture.report(begun.erasureId());
    assertThat(fixture.sweepAfter(A_DAY)).isOne();
    fixture.settle();

    assertThat(erased.erasedAt()).isNotNull();
    assertThat(erased.finishedAt()).isNull();
    assertThat(fixture.report(begun.erasureId())).satisfies(report -> {
      assertThat(report.startedAt()).isEqualTo(begun.startedAt());
      assertThat(report.finishedAt()).isNotNull();
      assertThat(report.erased()).containsEntry(Kind.MESSAGES, 2L)
        .containsEntry(Kind.INBOX_ENTRIES, 3L)
        .containsEntry(Kind.SESSIONS, 2L)
        .containsEntry(Kind.PUBLIC_KEYS, 1L)
        .containsEntry(Kind.PHONE_NUMBERS, 1L)
        .containsEntry(Kind.BLOCKS, 1L)
        .containsEntry(Kind.OUTSIDE_IDENTITIES, 0L)
        .containsEntry(Kind.DEAD_LETTERS, 1L)
        .containsEntry(Kind.WEBHOOKS, 1L)
        .containsEntry(Kind.GROUPS, 0L);
    });
    assertThat(Stream
      .of(ada.username(), NUMBER, "Lovelace", "engine", "push:4711", "QURB", "name=letter",
          "key-of-somebody",
          HOME.text(), ada.sessionId().toString(), note.id().toString(), note.conversationId().toString())
      .flatMap(text -> linesWith(text).stream())
      // The other's message has a type and a key of her own; of a session nothing remains but that it has ended.
      .filter(line -> !line.contains(graces.id().toString()) && !line.startsWith("revocations:"))).isEmpty();
    // Her id, which leads nowhere, is in what others have: their conversation with her, and whom they have blocked.
    assertThat(linesWith(ada.userId().toString())).allMatch(line -> line.startsWith("revocations:")
        || line.contains(grace.userId().toString()) || line.contains(grace.username()));
    assertThat(fixture.find(hers)).isNotNull().satisfies(message -> {
      assertThat(message.content()).isEmpty();
      assertThat(message.deletedAt()).isEqualTo(begun.startedAt());
    });
    assertThat(fixture.find(graces)).isNotNull()
      .extracting(Message::content)
      .isEqualTo("a nanosecond");
  }

  /** Its writer was stopped between asking for the slice and writing, until others had shortened it, and then killed. */
  @Test
  void messageInASliceThatIsNoLongerTheRightOne_isErasedToo() {
    Conversation conversation = Conversation.direct(ada.userId(), grace.userId());
    long window = fixture.clock.millis() / Duration.ofDays(10).toMillis();
    stores.session()
      .execute("INSERT INTO slice_history (window, conversation_id, starts_at, length, written)"
          + " VALUES (?, ?, ?, 300, ?)", window, conversation.id(), fixture.clock.millis() - 60_000,
          Uuids.endOf(fixture.clock.millis() - Duration.ofMinutes(10).toMillis()));
    Message hers = fixture.say(ada, grace, "analytical engine");
    stores.session()
      .execute("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content, content_type)"
          + " VALUES (?, ?, ?, ?, ?, 'astray engine', 'text/plain')", conversation.id(),
          window * Duration.ofDays(10).toMillis(), hers.id(), ada.userId(), grace.userId());

    ErasureReport begun = erase(ada);
    fixture.sweepAfter(A_WHILE);
    assertThat(linesWith("engine")).isEmpty();
    assertThat(fixture.report(begun.erasureId()).erased(Kind.MESSAGES)).isOne();
    assertThat(fixture.sweepAfter(A_DAY)).isOne();
  }

  @Test
  void account_isClosedAtOnce() {
    openSession(ada, ada.sessionId());
    erase(ada);

    assertThat(new Usernames(fixture.cassandra).id(ada.username())).isEmpty();
    assertThat(new Usernames(fixture.cassandra).of(List.of(ada.userId()))).isEmpty();
    assertThat(new Accounts(fixture.cassandra, new Passwords(1))
      .authenticate(Username.parse(ada.username()).orElseThrow(), ErasureFixture.PASSWORD)).isEmpty();
    assertThat(new PhoneNumbers(fixture.cassandra).owner(NUMBER)).isEmpty();
    assertThat(stores.session().execute("SELECT * FROM sessions WHERE user_id = ?", ada.userId())).isEmpty();
    assertThat(linesWith(ada.sessionId().toString())).singleElement().asString().startsWith("revocations:");
  }

  @Test
  void name_isNobodysAgain() {
    erase(ada);
    assertNameIsTaken();
    fixture.sweepAfter(A_DAY);
    assertNameIsTaken();
    assertThat(linesWith(ada.username())).isEmpty();
  }

  private void assertNameIsTaken() {
    assertThatThrownBy(() -> fixture.registration
      .register(NewAccount.checked(ada.username(), "another secret", null, null)))
      .isInstanceOf(UsernameTaken.class);
    OutsideIdentity namesake = new OutsideIdentity("https://id.example", "1", SESSION,
        ada.username(), null);
    assertThatThrownBy(
        () -> new OutsideAccounts(fixture.cassandra, new Uuid7(fixture.clock), fixture.erasedNames,
            Publications.NONE)
          .identity(namesake))
      .isInstanceOf(OutsideNameRefused.class);
  }

  @Test
  void wrongPassword_isRefusedAndWaitsAsAtLogin() {
    assertThatThrownBy(() -> fixture.erasures.begin(ada, null, HOME)).isInstanceOf(InvalidRequest.class);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> fixture.erasures.begin(ada, "not my secret", HOME))
        .isInstanceOf(Forbidden.class);
    }
    assertThatThrownBy(() -> erase(ada)).isInstanceOf(RateLimited.class);
    assertThat(new Usernames(fixture.cassandra).id(ada.username())).contains(ada.userId());
    assertThat(linesWith(ada.userId().toString())).noneMatch(line -> line.startsWith("erasing:"));
  }

  @Test
  void orderGivenTwice_isOneErasure() {
    ErasureReport first = erase(ada);
    assertThat(fixture.erasures.begin(ada, null, null).erasureId()).isEqualTo(first.erasureId());
    fixture.sweepAfter(A_DAY);
    assertThat(Contents.ofCassandra(stores.real())
      .stream()
      .filter(line -> line.startsWith("erasures:") && line.contains(first.erasureId().toString())))
      .hasSize(1);
  }

  /** Whatever was under way while the account was closed comes to light afterwards. */
  @Test
  void whatLandsLate_isFoundByALaterPass() {
    ErasureReport begun = erase(ada);
    Message underWay = fixture.say(ada, grace, "sent before the end");
    fixture.sweepAfter(Duration.ZERO);
    Message late = fixture.say(ada, grace, "landed after the first pass", begun.startedAt().minusSeconds(20));
    openSession(ada, UUID.randomUUID());
    new PublicKeys(fixture.cassandra).put(ada.userId(), new DeviceKey("late", "X25519", "QURC", null));
    new Blocks(fixture.cassandra, new UserInvalidations(fixture.redis)).block(ada, grace.userId());
    stores.session()
      .execute("INSERT INTO phone_numbers (phone_number, user_id) VALUES (?, ?)", NUMBER, ada.userId());

    fixture.sweepAfter(A_WHILE);
    assertThat(
        Stream.of(underWay, late).map(fixture::find).map(Objects::requireNonNull).map(Message::content))
      .containsOnly("");
    assertThat(stores.session().execute("SELECT * FROM sessions WHERE user_id = ?", ada.userId())).isEmpty();
    assertThat(new PhoneNumbers(fixture.cassandra).owner(NUMBER)).isEmpty();
    assertThat(new PublicKeys(fixture.cassandra).of(ada.userId())).isEmpty();

    fixture.clock.set(begun.startedAt()); // it was written then
    Message brought = fixture.say(ada, grace, "brought by a node that was away");
    assertThat(fixture.sweepAfter(A_DAY)).isOne();
    assertThat(Objects.requireNonNull(fixture.find(brought)).content()).isEmpty();
    assertThat(linesWith(ada.username())).isEmpty();
    assertThat(linesWith(ada.userId().toString()))
      .noneMatch(line -> line.startsWith("inbox:") || line.startsWith("users:"));
    assertThat(fixture.report(begun.erasureId()).erased(Kind.MESSAGES)).isEqualTo(3);
  }

  @Test
  void lastPass_waitsForTheSweepOfTheOutbox() {
    ErasureReport begun = erase(ada);
    fixture.clock.advance(A_DAY);
    assertThat(fixture.sweep.run(ErasureFixture.ENOUGH, /* swept= */ false)).isZero();
    assertThat(fixture.report(begun.erasureId()).finishedAt()).isNull();
    assertThat(fixture.sweep.run(ErasureFixture.ENOUGH, /* swept= */ true)).isOne();
  }

  /** Each is given up after a moment, wherever it is then, and another process goes on, or both at once. */
  @Test
  void manyMessages_areCountedOnceHoweverOftenTheWorkIsCutOrDoubled() {
    List<Message> sent = new ArrayList<>();
    IntStream.range(0, 450)
      .forEach(i -> sent.add(fixture.say(i % 3 == 0 ? grace : ada, i % 3 == 0 ? ada : grace,
          "number " + i)));
    List<Message> notes = IntStream.range(0, 150).mapToObj(i -> fixture.say(ada, ada, "note " + i)).toList();
    fixture.enterAnew(ada, sent.get(1)); // on another page
    ErasureReport begun = erase(ada);
    fixture.clock.advance(A_DAY);
    try (ErasureFixture other = new ErasureFixture(stores)) {
      other.clock.set(fixture.clock.instant());
      int runs = 0;
      while (fixture.report(begun.erasureId()).finishedAt() == null) {
        Duration moment = Duration.ofMillis(1);
        CompletableFuture<Integer> beside = runs % 2 == 0
            ? CompletableFuture.completedFuture(0)
            : CompletableFuture.supplyAsync(() -> other.sweep.run(moment, /* swept= */ true));
        int _ = fixture.sweep.run(moment, /* swept= */ true);
        int _ = beside.join();
        runs++;
      }
      assertThat(runs).isGreaterThan(4);
    }
    ErasureReport report = fixture.report(begun.erasureId());
    assertThat(report.erased(Kind.MESSAGES)).isEqualTo(450);
    assertThat(report.erased(Kind.INBOX_ENTRIES)).isEqualTo(601);
    assertThat(sent.stream()
      .map(fixture::find)
      .map(Objects::requireNonNull)
      .filter(message -> message.content()
        .isEmpty()))
      .hasSize(300);
    fixture.settle();
    assertThat(linesWith(notes.getFirst().conversationId().toString())).isEmpty();
  }

  /** Each page by a process that knows nothing of the ones before. */
  @Test
  void notes_goWholeWhoeverTakesThemBack() {
    Message note = fixture.say(ada, ada, "note");
    IntStream.range(0, 250).forEach(i -> fixture.say(ada, ada, "note " + i));
    ErasureReport begun = erase(ada);
    fixture.clock.advance(A_DAY);
    while (fixture.report(begun.erasureId()).finishedAt() == null) {
      try (ErasureFixture other = new ErasureFixture(stores)) {
        other.clock.set(fixture.clock.instant());
        int _ = other.sweep.run(Duration.ofMillis(1), /* swept= */ true);
      }
    }
    fixture.settle();
    assertThat(fixture.report(begun.erasureId()).erased(Kind.MESSAGES)).isEqualTo(251);
    assertThat(linesWith(note.conversationId().toString())).isEmpty();
  }

  @Test
  void otherOne_whoGoesAtTheEndOfAnErasure_hasHisMessagesCounted() {
    fixture.say(ada, grace, "one");
    Message last = fixture.say(grace, ada, "two");
    erase(ada);
    fixture.clock.advance(A_DAY);
    ErasureReport second = erase(grace);
    fixture.sweepAfter(Duration.ZERO);
    assertThat(fixture.report(second.erasureId()).erased(Kind.MESSAGES)).isOne();
    fixture.sweepAfter(A_DAY);
    fixture.settle();
    assertThat(linesWith(last.conversationId().toString())).isEmpty();
  }

  @Test
  void step_thatSomebodyElseHasTaken_isNotTaken() {
    ErasureOrder order = new ErasureOrder(UUID.randomUUID(), UUID.randomUUID(), "somebody",
        ByteBuffer.allocate(1),
        Set.of(),
        fixture.clock.instant());
    ErasureReports reports = new ErasureReports(fixture.cassandra);
    ErasureProgress first = reports.begin(ErasureProgress.first(order, Map.of(Kind.SESSIONS, 2L)));
    assertThat(reports.begin(ErasureProgress.first(order, Map.of(Kind.SESSIONS, 1L)))).isEqualTo(first);
    ErasureProgress counted = first.afterCounting(fixture.mint(), 3, 0);
    reports.move(first, counted);
    reports.move(first, first.afterCounting(fixture.mint(), 7, 0));
    assertThat(reports.find(order.erasureId())).isEqualTo(counted);
    assertThat(reports.finish(first, fixture.clock.instant())).isFalse();
    assertThat(fixture.report(order.erasureId()).finishedAt()).isNull();
    assertThat(reports.finish(counted, fixture.clock.instant())).isTrue();
    assertThat(fixture.report(order.erasureId()).finishedAt()).isEqualTo(fixture.clock.instant());
  }

  @Test
  void conversation_goesWithTheLastOfThem() {
    Message hers = fixture.say(ada, grace, "one");
    Message graces = fixture.say(grace, ada, "two");
    erase(ada);
    fixture.sweepAfter(A_DAY);
    assertThat(fixture.find(hers)).isNotNull();
    assertThat(fixture.find(graces)).isNotNull();

    fixture.clock.advance(A_DAY);
    erase(grace);
    fixture.sweepAfter(A_DAY);
    fixture.settle();
    assertThat(linesWith(Conversation.direct(ada.userId(), grace.userId()).id().toString())).isEmpty();
  }

  @Test
  void accountOfAnOutsideIssuer_isErasedByItsTokenAlone() {
    OutsideIdentity who = new OutsideIdentity("https://id.example", "subject-of-ada", SESSION,
        "outside-" + ada.username().substring(4), "Somebody Outside");
    OutsideAccounts accounts = new OutsideAccounts(fixture.cassandra, new Uuid7(fixture.clock),
        fixture.erasedNames, Publications.NONE);
    Identity outside = accounts.identity(who);

    ErasureReport report = fixture.erasures.begin(outside, null, null);
    fixture.sweepAfter(A_DAY);
    assertThat(report.erased(Kind.OUTSIDE_IDENTITIES)).isOne();
    assertThat(linesWith("subject-of-ada")).isEmpty();
    assertThat(linesWith("Somebody Outside")).isEmpty();
    assertThat(linesWith(outside.username())).isEmpty();
    assertThatThrownBy(
        () -> new OutsideAccounts(fixture.cassandra, new Uuid7(fixture.clock), fixture.erasedNames,
            Publications.NONE)
          .identity(who))
      .isInstanceOf(OutsideNameRefused.class);
  }

  /** Of a large group, the inboxes of the others do not matter: the sender's own has the message at once. */
  @Test
  void erased_hasWrittenNothingInGroups_andTheOthersHave() {
    List<UUID> many = Stream.concat(Stream.of(ada.userId(), grace.userId()),
        Stream.generate(UUID::randomUUID).limit(Conversation.MAX_MEMBERS))
      .toList();
    NewGroup wanted = new NewGroup("Engines", List.of(grace.userId()), 0, HistoryPolicy.ALL);
    List<UUID> groups = List.of(new TestGroup(stores.session(), many).id,
        fixture.groups.create(new Command(grace.userId(), null, Versions.ANY),
            new NewGroup("Looms", List.of(ada.userId()), 0, HistoryPolicy.ALL))
          .state()
          .id(),
        fixture.groups.create(new Command(ada.userId(), null, Versions.ANY), wanted).state().id());
    List<Message> hers = groups.stream()
      .map(group -> fixture.sayIn(group, ada, "analytical engine"))
      .toList();
    List<Message> graces = groups.stream().map(group -> fixture.sayIn(group, grace, "a nanosecond")).toList();

    erase(ada);
    fixture.sweepAfter(A_DAY);
    assertThat(hers).extracting(fixture::find)
      .allSatisfy(found -> assertThat(Objects.requireNonNull(found).content())
        .isEmpty());
    assertThat(graces).extracting(fixture::find)
      .allSatisfy(found -> assertThat(Objects.requireNonNull(found).content()).isEqualTo("a nanosecond"));
  }

  @Test
  void erasedOwner_leavesTheirGroups_andHandsThemOver() {
    NewGroup wanted = new NewGroup("Engines", List.of(grace.userId()), 0, HistoryPolicy.ALL);
    UUID shared = fixture.groups.create(new Command(ada.userId(), null, Versions.ANY), wanted).state().id();
    NewGroup own = new NewGroup("Mine", List.of(), 0, HistoryPolicy.ALL);
    Message _ = fixture.say(ada, grace, "hello");
    UUID alone = fixture.groups.create(new Command(ada.userId(), null, Versions.ANY), own).state().id();

    ErasureReport begun = erase(ada);
    fixture.sweepAfter(Duration.ZERO);
    Memberships memberships = new Memberships(fixture.cassandra);
    assertThat(memberships.presentMembers(shared).users()).containsExactly(grace.userId());
    assertThat(memberships.require(shared, grace.userId()).role()).isEqualTo(Role.OWNER);
    assertThat(memberships.presentMembers(alone).users()).isEmpty();
    assertThat(fixture.report(begun.erasureId()).erased()).containsEntry(Kind.GROUPS, 2L);
    fixture.sweepAfter(A_DAY);
    assertThat(conversationsOfAda()).isZero();

    // A rebuild years later, when the deletion itself is forgotten. Nobody would erase again what it wrote.
    stores.session().execute("TRUNCATE conversations_by_user");
    var _ = new GroupRebuild(fixture.cassandra, fixture.clock).run();
    assertThat(conversationsOfAda()).isZero();
  }

  private int conversationsOfAda() {
    return stores.session()
      .execute("SELECT * FROM conversations_by_user WHERE user_id = ?", ada.userId())
      .all()
      .size();
  }
}
