package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.testing.MovableClock;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RevocationsTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final Duration SLICE = Duration.ofMinutes(15);
  private static Cassandra writing;
  private static Cassandra reading;

  private final AtomicLong nanos = new AtomicLong();
  private final MovableClock clock = new MovableClock(Instant.now());
  private final UUID session = UUID.randomUUID();
  private Revocations revocations;

  @BeforeAll
  static void open() throws Exception {
    CassandraSettings settings = CassandraSettings.from(Env.of(stores.env()));
    Migrations.apply(settings, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    writing = Cassandra.open(settings, Clock.systemUTC());
    reading = Cassandra.open(settings, Clock.systemUTC());
  }

  @BeforeEach
  void empty() {
    stores.cassandra().restore();
    stores.session().execute("TRUNCATE revocations");
    await().ignoreException(Unavailable.class)
      .untilAsserted(
          () -> assertThat(reading.one(reading.cql("SELECT slice FROM revocations LIMIT 1").bind()))
            .isNull());
    revocations = new Revocations(reading, clock, nanos::get);
  }

  @AfterAll
  static void close() {
    writing.close();
    reading.close();
  }

  private Revoker revoker(Clock at) {
    return new Revoker(writing, new Uuid7(at, new Random()));
  }

  private static Identity in(UUID session) {
    return new Identity(UUID.randomUUID(), "ada", session);
  }

  private static Identity by(OutsideSession token) {
    return new Identity(UUID.randomUUID(), "ada", token);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private void isRefused(Identity caller) {
    assertThatThrownBy(() -> revocations.requireLive(caller)).isInstanceOf(Unauthenticated.class);
  }

  private void isLetIn(Identity caller) {
    assertThatCode(() -> revocations.requireLive(caller)).doesNotThrowAnyException();
  }

  private void isRefused() {
    isRefused(in(session));
  }

  private void isLetIn() {
    isLetIn(in(session));
  }

  @Test
  void sessionEndedBeforeTheFirstQuestion_isRefusedAndOthersAreNot() {
    revoker(clock).revoke(List.of(session));

    isRefused();
    isLetIn(in(UUID.randomUUID()));
  }

  @Test
  void sessionEndedElsewhere_isRefusedByTheFirstQuestionAfterFiveSeconds() {
    isLetIn();
    revoker(clock).revoke(List.of(session));
    isLetIn(); // the last read is fresh, so this request has started no new one
    pass(Duration.ofSeconds(5).plusNanos(1));

    isRefused();
  }

  @Test
  void questionAfterTwoSeconds_isAnsweredAtOnceAndHasTheNextLookMade() {
    isLetIn();
    revoker(clock).revoke(List.of(session));
    pass(Duration.ofSeconds(2).plusNanos(1));
    stores.cassandra().stall();
    isLetIn();
    stores.cassandra().restore();

    await().untilAsserted(this::isRefused);
  }

  @Test
  void sessionEndedInALongRequest_isRefusedByTheFirstQuestionAfterTwoSeconds() {
    isLetIn();
    revoker(clock).revoke(List.of(session));
    pass(Duration.ofSeconds(2));
    assertThatCode(() -> revocations.requireStillLive(in(session))).doesNotThrowAnyException();
    pass(Duration.ofNanos(1));

    assertThatThrownBy(() -> revocations.requireStillLive(in(session))).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void storeAway_isUnavailableOnceTheLastLookIsTooOld() {
    isLetIn();
    stores.cassandra().cut();
    pass(Duration.ofSeconds(5));
    isLetIn();
    pass(Duration.ofNanos(1));

    assertThatThrownBy(() -> revocations.requireLive(in(session))).isInstanceOf(Unavailable.class);
    stores.cassandra().restore();
    await().ignoreException(Unavailable.class).untilAsserted(this::isLetIn);
  }

  @Test
  void writeThatLandedLate_isSeenByTheNextLook() {
    isLetIn();
    pass(Duration.ofSeconds(6));
    isLetIn();
    Instant late = clock.instant().minus(Revocations.OVERLAP).plusMillis(7_000);
    revoker(Clock.fixed(late, clock.getZone())).revoke(List.of(session));
    pass(Duration.ofSeconds(6));

    isRefused();
  }

  @Test
  void sessionEndedWhileNobodyAsked_isRefusedForAsLongAsATokenOfItCanLive() {
    isLetIn();
    revoker(clock).revoke(List.of(session));
    pass(TokenIssuer.LIFETIME.plus(Validity.SKEW));

    isRefused();
    pass(Duration.ofHours(1));
    isLetIn();
    assertThat(revocations.size()).isZero();
  }

  @Test
  void sessionEndedInAnotherSlice_isRefused() {
    Instant boundary = Instant.ofEpochMilli(RevocationSlice.of(clock.instant()) * SLICE.toMillis());
    clock.set(boundary.plus(SLICE.multipliedBy(2)));
    // In the slice before the last: one second before its end, and late enough that a token of the session is still valid.
    Instant before = clock.instant().minus(SLICE).minusSeconds(1);
    revoker(Clock.fixed(before, clock.getZone())).revoke(List.of(session));
    isRefused();

    UUID next = UUID.randomUUID();
    clock.set(boundary.plus(SLICE.multipliedBy(3)).minusMillis(500));
    revoker(Clock.offset(clock, Duration.ofSeconds(1))).revoke(List.of(next)); // this revoker's clock is ahead
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    isRefused(in(next));
  }

  @Test
  void writerStoppedOnTheWay_writesAgain() {
    AtomicLong stopped = new AtomicLong();
    Revoker slow = new Revoker(writing, new Uuid7(clock, new Random()),
        () -> stopped.getAndAdd(stopped.get() < 1 ? Revoker.SLOWEST.toNanos() + 1 : 0));
    slow.revoke(List.of(session));

    assertThat(stores.session().execute("SELECT ttl(session_id) AS ttl FROM revocations").all()).hasSize(2)
      .allSatisfy(row -> assertThat(row.getInt("ttl")).isBetween(1_740, 1_800));
  }

  @Test
  void outsideSessionThatIsEnded_endsItsTokensAndNoLaterOnes() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OutsideSession token = new OutsideSession(session, UUID.randomUUID(), now.minusSeconds(60));
    revoker(clock).revoke(token.id(), token);

    isRefused(by(token));
    isRefused(by(new OutsideSession(session, token.person(), now)));
    isLetIn(by(new OutsideSession(session, token.person(), now.plusSeconds(1))));
    isLetIn(by(new OutsideSession(UUID.randomUUID(), token.person(), now.minusSeconds(60))));
  }

  @Test
  void outsideSessionThatIsEndedTwice_isEndedAsOfTheLastTime() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OutsideSession token = new OutsideSession(session, session, now);
    revoker(Clock.offset(clock, Duration.ofMinutes(-10))).revoke(token.id(), token);
    revoker(Clock.offset(clock, Duration.ofMinutes(-5))).revoke(token.id(),
        new OutsideSession(session, session, now.minusSeconds(400)));

    isRefused(by(token));
    isLetIn(by(new OutsideSession(session, session, now.plusSeconds(1))));
  }

  @Test
  void personWhoEndsAllThereIs_isRefusedInEachOfHisSessions() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OutsideSession token = new OutsideSession(UUID.randomUUID(), session, now);
    revoker(clock).revoke(token.person(), token);

    isRefused(by(token));
    isRefused(by(new OutsideSession(UUID.randomUUID(), session, now)));
    isLetIn(by(new OutsideSession(UUID.randomUUID(), session, now.plusSeconds(1))));
  }

  @Test
  void outsideIssuerWhoseClockIsAhead_hasItsTokensEnded() {
    // The issuer's clock is 30 seconds ahead, the most at which its tokens are valid. That time is already in the next
    // slice.
    Instant boundary = Instant.ofEpochMilli(RevocationSlice.of(clock.instant()) * SLICE.toMillis());
    clock.set(boundary.plus(SLICE.multipliedBy(2)).minusSeconds(25));
    OutsideSession token = new OutsideSession(session, session, clock.instant().plusSeconds(30));
    isLetIn(by(token));
    revoker(clock).revoke(token.id(), token);
    pass(Duration.ofSeconds(6));

    isRefused(by(token));
    isLetIn(by(new OutsideSession(session, session, token.issuedAt().plusSeconds(1))));
  }

  @Test
  void userWhoIsGone_isRefusedWhateverTokenHeGetsOutside() {
    UUID user = UUID.randomUUID();
    revoker(clock).revoke(List.of(user));

    isRefused(new Identity(user, "ada",
        new OutsideSession(session, session, clock.instant().plusSeconds(20))));
  }
}
