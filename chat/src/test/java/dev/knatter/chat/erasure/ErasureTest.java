package dev.knatter.chat.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
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
import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.message.Message;
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

  private final ErasureFixture town = new ErasureFixture(stores);
  private final Identity ada = town.register("ada", NUMBER, "Countess of Lovelace");
  private final Identity grace = town.register("grace", null, null);

  @AfterEach
  void close() {
    // Others must not find this test's number taken.
    new PhoneNumbers(town.cassandra).release(ada.userId(), NUMBER);
    town.close();
  }

  private ErasureReport erase(Identity who) {
    return town.erasures.begin(who, ErasureFixture.PASSWORD, HOME);
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
  void erased_leavesNothingOfHimInAnyTableOrKey() {
    new PublicKeys(town.cassandra).put(ada.userId(),
        new DeviceKey("pocket", "X25519", "QURB", "pocket engine"));
    openSession(ada, ada.sessionId());
    openSession(ada, UUID.randomUUID());
    new Blocks(town.cassandra, new UserInvalidations(town.redis)).block(ada, grace.userId());
    new Blocks(town.cassandra, new UserInvalidations(town.redis)).block(grace, ada.userId());
    new PasswordThrottle(town.redis, RateLimit.LOGIN).attempt(ada.username(), HOME, () -> Optional.of(ada));
    Message hers = town.say(ada, grace, "analytical engine");
    Message note = town.say(ada, ada, "remember the engine");
    Message graces = town.say(grace, ada, "a nanosecond");

    ErasureReport begun = erase(ada);
    town.sweepAfter(A_WHILE);
    ErasureReport erased = town.report(begun.erasureId());
    assertThat(town.sweepAfter(A_DAY)).isOne();
    town.settle();

    assertThat(erased.erasedAt()).isNotNull();
    assertThat(erased.finishedAt()).isNull();
    assertThat(town.report(begun.erasureId())).satisfies(report -> {
      assertThat(report.startedAt()).isEqualTo(begun.startedAt());
      assertThat(report.finishedAt()).isNotNull();
      assertThat(report.erased()).containsEntry(Kind.MESSAGES, 2L)
        .containsEntry(Kind.INBOX_ENTRIES, 3L)
        .containsEntry(Kind.SESSIONS, 2L)
        .containsEntry(Kind.PUBLIC_KEYS, 1L)
        .containsEntry(Kind.PHONE_NUMBERS, 1L)
        .containsEntry(Kind.BLOCKS, 1L)
        .containsEntry(Kind.OUTSIDE_IDENTITIES, 0L);
    });
    assertThat(Stream
      .of(ada.username(), NUMBER, "Lovelace", "engine", "push:4711", "QURB", "letter", "key-of-somebody",
          HOME.text(), ada.sessionId().toString(), note.id().toString(), note.conversationId().toString())
      .flatMap(text -> linesWith(text).stream())
      // The other's message has a type and a key of her own; of a session nothing remains but that it has ended.
      .filter(line -> !line.contains(graces.id().toString()) && !line.startsWith("revocations:"))).isEmpty();
    // Her id, which leads nowhere, is in what others have: their conversation with her, and whom they have blocked.
    assertThat(linesWith(ada.userId().toString())).allMatch(line -> line.startsWith("revocations:")
        || line.contains(grace.userId().toString()) || line.contains(grace.username()));
    assertThat(town.find(hers)).isNotNull().satisfies(message -> {
      assertThat(message.content()).isEmpty();
      assertThat(message.deletedAt()).isEqualTo(begun.startedAt());
    });
    assertThat(town.find(graces)).isNotNull()
      .extracting(Message::content)
      .isEqualTo("a nanosecond");
  }

  /** Its writer was stopped between asking for the slice and writing, until others had shortened it, and then killed. */
  @Test
  void messageInASliceThatIsNoLongerTheRightOne_isErasedToo() {
    Conversation conversation = Conversation.direct(ada.userId(), grace.userId());
    long window = town.clock.millis() / Duration.ofDays(10).toMillis();
    stores.session()
      .execute("INSERT INTO slice_history (window, conversation_id, starts_at, length, written)"
          + " VALUES (?, ?, ?, 300, ?)", window, conversation.id(), town.clock.millis() - 60_000,
          Uuids.endOf(town.clock.millis() - Duration.ofMinutes(10).toMillis()));
    Message hers = town.say(ada, grace, "analytical engine");
    stores.session()
      .execute("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content, content_type)"
          + " VALUES (?, ?, ?, ?, ?, 'astray engine', 'text/plain')", conversation.id(),
          window * Duration.ofDays(10).toMillis(), hers.id(), ada.userId(), grace.userId());

    ErasureReport begun = erase(ada);
    town.sweepAfter(A_WHILE);
    assertThat(linesWith("engine")).isEmpty();
    assertThat(town.report(begun.erasureId()).erased(Kind.MESSAGES)).isOne();
    assertThat(town.sweepAfter(A_DAY)).isOne();
  }

  @Test
  void account_isClosedAtOnce() {
    openSession(ada, ada.sessionId());
    erase(ada);

    assertThat(new Usernames(town.cassandra).id(ada.username())).isEmpty();
    assertThat(new Usernames(town.cassandra).of(List.of(ada.userId()))).isEmpty();
    assertThat(new Accounts(town.cassandra, new Passwords(1))
      .authenticate(Username.parse(ada.username()).orElseThrow(), ErasureFixture.PASSWORD)).isEmpty();
    assertThat(new PhoneNumbers(town.cassandra).owner(NUMBER)).isEmpty();
    assertThat(stores.session().execute("SELECT * FROM sessions WHERE user_id = ?", ada.userId())).isEmpty();
    assertThat(linesWith(ada.sessionId().toString())).singleElement().asString().startsWith("revocations:");
  }

  @Test
  void name_isNobodysAgain() {
    erase(ada);
    assertNameIsTaken();
    town.sweepAfter(A_DAY);
    assertNameIsTaken();
    assertThat(linesWith(ada.username())).isEmpty();
  }

  private void assertNameIsTaken() {
    assertThatThrownBy(() -> town.registration
      .register(NewAccount.checked(ada.username(), "another secret", null, null)))
      .isInstanceOf(UsernameTaken.class);
    OutsideIdentity namesake = new OutsideIdentity("https://id.example", "1", SESSION,
        ada.username(), null);
    assertThatThrownBy(
        () -> new OutsideAccounts(town.cassandra, new Uuid7(town.clock), town.erasedNames).identity(namesake))
      .isInstanceOf(OutsideNameRefused.class);
  }

  @Test
  void wrongPassword_isRefusedAndWaitsAsAtLogin() {
    assertThatThrownBy(() -> town.erasures.begin(ada, null, HOME)).isInstanceOf(InvalidRequest.class);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> town.erasures.begin(ada, "not my secret", HOME)).isInstanceOf(Forbidden.class);
    }
    assertThatThrownBy(() -> erase(ada)).isInstanceOf(RateLimited.class);
    assertThat(new Usernames(town.cassandra).id(ada.username())).contains(ada.userId());
    assertThat(linesWith(ada.userId().toString())).noneMatch(line -> line.startsWith("erasing:"));
  }

  @Test
  void orderGivenTwice_isOneErasure() {
    ErasureReport first = erase(ada);
    assertThat(town.erasures.begin(ada, null, null).erasureId()).isEqualTo(first.erasureId());
    town.sweepAfter(A_DAY);
    assertThat(Contents.ofCassandra(stores.real())
      .stream()
      .filter(line -> line.startsWith("erasures:") && line.contains(first.erasureId().toString())))
      .hasSize(1);
  }

  /** Whatever was under way while the account was closed comes to light afterwards. */
  @Test
  void whatLandsLate_isFoundByALaterPass() {
    ErasureReport begun = erase(ada);
    Message underWay = town.say(ada, grace, "sent before the end");
    town.sweepAfter(Duration.ZERO);
    Message late = town.say(ada, grace, "landed after the first pass", begun.startedAt().minusSeconds(20));
    openSession(ada, UUID.randomUUID());
    new PublicKeys(town.cassandra).put(ada.userId(), new DeviceKey("late", "X25519", "QURC", null));
    new Blocks(town.cassandra, new UserInvalidations(town.redis)).block(ada, grace.userId());
    stores.session()
      .execute("INSERT INTO phone_numbers (phone_number, user_id) VALUES (?, ?)", NUMBER, ada.userId());

    town.sweepAfter(A_WHILE);
    assertThat(Stream.of(underWay, late).map(town::find).map(Objects::requireNonNull).map(Message::content))
      .containsOnly("");
    assertThat(stores.session().execute("SELECT * FROM sessions WHERE user_id = ?", ada.userId())).isEmpty();
    assertThat(new PhoneNumbers(town.cassandra).owner(NUMBER)).isEmpty();
    assertThat(new PublicKeys(town.cassandra).of(ada.userId())).isEmpty();

    town.clock.set(begun.startedAt()); // it was written then
    Message brought = town.say(ada, grace, "brought by a node that was away");
    assertThat(town.sweepAfter(A_DAY)).isOne();
    assertThat(Objects.requireNonNull(town.find(brought)).content()).isEmpty();
    assertThat(linesWith(ada.username())).isEmpty();
    assertThat(linesWith(ada.userId().toString()))
      .noneMatch(line -> line.startsWith("inbox:") || line.startsWith("users:"));
    assertThat(town.report(begun.erasureId()).erased(Kind.MESSAGES)).isEqualTo(3);
  }

  @Test
  void lastPass_waitsForTheSweepOfTheOutbox() {
    ErasureReport begun = erase(ada);
    town.clock.advance(A_DAY);
    assertThat(town.sweep.run(ErasureFixture.ENOUGH, /* swept= */ false)).isZero();
    assertThat(town.report(begun.erasureId()).finishedAt()).isNull();
    assertThat(town.sweep.run(ErasureFixture.ENOUGH, /* swept= */ true)).isOne();
  }

  /** Each is given up after a moment, wherever it is then, and another process goes on, or both at once. */
  @Test
  void manyMessages_areCountedOnceHoweverOftenTheWorkIsCutOrDoubled() {
    List<Message> sent = new ArrayList<>();
    IntStream.range(0, 450)
      .forEach(i -> sent.add(town.say(i % 3 == 0 ? grace : ada, i % 3 == 0 ? ada : grace,
          "number " + i)));
    List<Message> notes = IntStream.range(0, 150).mapToObj(i -> town.say(ada, ada, "note " + i)).toList();
    town.enterAnew(ada, sent.get(1)); // on another page
    ErasureReport begun = erase(ada);
    town.clock.advance(A_DAY);
    try (ErasureFixture other = new ErasureFixture(stores)) {
      other.clock.set(town.clock.instant());
      int runs = 0;
      while (town.report(begun.erasureId()).finishedAt() == null) {
        Duration moment = Duration.ofMillis(1);
        CompletableFuture<Integer> beside = runs % 2 == 0
            ? CompletableFuture.completedFuture(0)
            : CompletableFuture.supplyAsync(() -> other.sweep.run(moment, /* swept= */ true));
        int _ = town.sweep.run(moment, /* swept= */ true);
        int _ = beside.join();
        runs++;
      }
      assertThat(runs).isGreaterThan(4);
    }
    ErasureReport report = town.report(begun.erasureId());
    assertThat(report.erased(Kind.MESSAGES)).isEqualTo(450);
    assertThat(report.erased(Kind.INBOX_ENTRIES)).isEqualTo(601);
    assertThat(sent.stream()
      .map(town::find)
      .map(Objects::requireNonNull)
      .filter(message -> message.content()
        .isEmpty()))
      .hasSize(300);
    town.settle();
    assertThat(linesWith(notes.getFirst().conversationId().toString())).isEmpty();
  }

  /** Each page by a process that knows nothing of the ones before. */
  @Test
  void notes_goWholeWhoeverTakesThemBack() {
    Message note = town.say(ada, ada, "note");
    IntStream.range(0, 250).forEach(i -> town.say(ada, ada, "note " + i));
    ErasureReport begun = erase(ada);
    town.clock.advance(A_DAY);
    while (town.report(begun.erasureId()).finishedAt() == null) {
      try (ErasureFixture other = new ErasureFixture(stores)) {
        other.clock.set(town.clock.instant());
        int _ = other.sweep.run(Duration.ofMillis(1), /* swept= */ true);
      }
    }
    town.settle();
    assertThat(town.report(begun.erasureId()).erased(Kind.MESSAGES)).isEqualTo(251);
    assertThat(linesWith(note.conversationId().toString())).isEmpty();
  }

  @Test
  void otherOne_whoGoesAtTheEndOfAnErasure_hasHisMessagesCounted() {
    town.say(ada, grace, "one");
    Message last = town.say(grace, ada, "two");
    erase(ada);
    town.clock.advance(A_DAY);
    ErasureReport second = erase(grace);
    town.sweepAfter(Duration.ZERO);
    assertThat(town.report(second.erasureId()).erased(Kind.MESSAGES)).isOne();
    town.sweepAfter(A_DAY);
    town.settle();
    assertThat(linesWith(last.conversationId().toString())).isEmpty();
  }

  @Test
  void step_thatSomebodyElseHasTaken_isNotTaken() {
    ErasureOrder order = new ErasureOrder(UUID.randomUUID(), UUID.randomUUID(), "somebody",
        ByteBuffer.allocate(1),
        Set.of(),
        town.clock.instant());
    ErasureReports reports = new ErasureReports(town.cassandra);
    ErasureProgress first = reports.begin(ErasureProgress.first(order, Map.of(Kind.SESSIONS, 2L)));
    assertThat(reports.begin(ErasureProgress.first(order, Map.of(Kind.SESSIONS, 1L)))).isEqualTo(first);
    ErasureProgress counted = first.afterCounting(town.mint(), 3, 0);
    reports.move(first, counted);
    reports.move(first, first.afterCounting(town.mint(), 7, 0));
    assertThat(reports.find(order.erasureId())).isEqualTo(counted);
    assertThat(reports.finish(first, town.clock.instant())).isFalse();
    assertThat(town.report(order.erasureId()).finishedAt()).isNull();
    assertThat(reports.finish(counted, town.clock.instant())).isTrue();
    assertThat(town.report(order.erasureId()).finishedAt()).isEqualTo(town.clock.instant());
  }

  @Test
  void conversation_goesWithTheLastOfThem() {
    Message hers = town.say(ada, grace, "one");
    Message graces = town.say(grace, ada, "two");
    erase(ada);
    town.sweepAfter(A_DAY);
    assertThat(town.find(hers)).isNotNull();
    assertThat(town.find(graces)).isNotNull();

    town.clock.advance(A_DAY);
    erase(grace);
    town.sweepAfter(A_DAY);
    town.settle();
    assertThat(linesWith(Conversation.direct(ada.userId(), grace.userId()).id().toString())).isEmpty();
  }

  @Test
  void accountOfAnOutsideIssuer_isErasedByItsTokenAlone() {
    OutsideIdentity who = new OutsideIdentity("https://id.example", "subject-of-ada", SESSION,
        "outside-" + ada.username().substring(4), "Somebody Outside");
    OutsideAccounts accounts = new OutsideAccounts(town.cassandra, new Uuid7(town.clock), town.erasedNames);
    Identity outside = accounts.identity(who);

    ErasureReport report = town.erasures.begin(outside, null, null);
    town.sweepAfter(A_DAY);
    assertThat(report.erased(Kind.OUTSIDE_IDENTITIES)).isOne();
    assertThat(linesWith("subject-of-ada")).isEmpty();
    assertThat(linesWith("Somebody Outside")).isEmpty();
    assertThat(linesWith(outside.username())).isEmpty();
    assertThatThrownBy(
        () -> new OutsideAccounts(town.cassandra, new Uuid7(town.clock), town.erasedNames).identity(who))
      .isInstanceOf(OutsideNameRefused.class);
  }
}
