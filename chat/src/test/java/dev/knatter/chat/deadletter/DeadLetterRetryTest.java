package dev.knatter.chat.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.deadletter.DeadLetterRetry.Outcome;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Parallel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadLetterRetryTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final Letters fixture = new Letters(stores.cassandra());

  @BeforeEach
  void empty() {
    fixture.empty(stores.session());
  }

  private DeadLetterRetries.Result runAfter(Duration passed) {
    fixture.clock.advance(passed);
    return fixture.retries.run(Letters.ENOUGH);
  }

  /** What nobody can handle: the broker brings it back before it has answered. */
  private void failAlways() {
    fixture.broker.deliverTo(fixture.letters::arrived);
  }

  @Test
  void acceptedEvent_isPostedAsItWasAndLeavesTheList() {
    UUID id = fixture.arrive("1", "partitionkey", "p");
    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.ACCEPTED);

    assertThat(fixture.broker.posted.getFirst())
      .isEqualTo(Letters.letter("1", "", "partitionkey", "p").attributes());
    assertThat(fixture.list(10)).isEmpty();
    assertThat(stores.session().execute("SELECT * FROM dead_letter_contents").all()).isEmpty();
    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.GONE);
    assertThat(runAfter(Duration.ofDays(2))).isEqualTo(new DeadLetterRetries.Result(0, 0, true));
    assertThat(fixture.broker.posted).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"400, REFUSED, 1", "413, REFUSED, 1", "404, AWAY, 0", "429, AWAY, 0", "503, AWAY, 0",
      "302, AWAY, 0", "0, AWAY, 0"})
  void eventThatIsNotAccepted_stays(int status, Outcome outcome, int counted) {
    UUID id = fixture.arrive("1");
    fixture.broker.answer(status);
    assertThat(fixture.retry.retry(id)).isEqualTo(outcome);
    assertThat(fixture.find(id).retries()).isEqualTo(counted);

    fixture.broker.answer(202);
    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void eventThatComesBackBeforeTheAnswer_isNotLost() {
    failAlways();
    UUID id = fixture.arrive("1");
    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.ACCEPTED);
    assertThat(fixture.list(10)).singleElement().satisfies(stored -> {
      assertThat(stored.arrivals()).isEqualTo(2);
      assertThat(stored.retries()).isOne();
    });
  }

  @Test
  void eventThatComesBackLater_hasItsRetriesCounted() {
    UUID id = fixture.arrive("1");
    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.ACCEPTED);
    fixture.clock.advance(Duration.ofDays(3));
    fixture.arrive("1");
    assertThat(fixture.find(id).retries()).isOne();
    assertThat(fixture.find(id).nextRetryAt()).isEqualTo(fixture.clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void schedule_retriesAfterTenMinutesAnHourAndSixHours_andThenTheLetterStays() {
    failAlways();
    UUID id = fixture.arrive("1");
    assertThat(runAfter(Duration.ofMinutes(9)).accepted()).isZero();
    assertThat(runAfter(Duration.ofMinutes(1)).accepted()).isOne();
    assertThat(runAfter(Duration.ofMinutes(59)).accepted()).isZero();
    assertThat(runAfter(Duration.ofMinutes(1)).accepted()).isOne();
    assertThat(runAfter(Duration.ofMinutes(359)).accepted()).isZero();
    assertThat(runAfter(Duration.ofMinutes(1)).accepted()).isOne();
    assertThat(fixture.find(id).retries()).isEqualTo(3);
    assertThat(fixture.find(id).nextRetryAt()).isNull();
    assertThat(runAfter(Duration.ofDays(7)).accepted()).isZero();

    assertThat(fixture.retry.retry(id)).isEqualTo(Outcome.ACCEPTED);
    assertThat(fixture.find(id).retries()).isEqualTo(4);
    assertThat(fixture.find(id).nextRetryAt()).isNull();
  }

  @Test
  void schedule_whileTheBrokerIsAway_countsNothingAndGoesOnLater() {
    UUID id = fixture.arrive("1");
    fixture.broker.answer(0);
    for (int i = 0; i < 5; i++) {
      assertThat(runAfter(TEN_MINUTES)).isEqualTo(new DeadLetterRetries.Result(0, 0, false));
    }
    assertThat(fixture.find(id).retries()).isZero();
    fixture.broker.answer(202);
    assertThat(runAfter(TEN_MINUTES)).isEqualTo(new DeadLetterRetries.Result(1, 0, true));
    assertThat(fixture.list(10)).isEmpty();
  }

  @Test
  void eventThatTheBrokerNeverAccepts_standsInNobodysWay() {
    fixture.arrive("bad");
    fixture.clock.advance(Duration.ofSeconds(1));
    IntStream.range(0, 20).forEach(i -> fixture.arrive("event-" + i));
    fixture.broker.neverAccept("bad");
    assertThat(runAfter(TEN_MINUTES).accepted()).isEqualTo(20);
    fixture.arrive("another");
    assertThat(fixture.bulk.run(null, null, Letters.ENOUGH)).isEqualTo(new BulkRetry.Result(1, 1, null));
    assertThat(fixture.eventIds(10)).containsExactly("bad");
  }

  @Test
  void schedule_ofAnEventThatTheBrokerRefuses_endsToo() {
    fixture.broker.answer(400);
    UUID id = fixture.arrive("1");
    assertThat(runAfter(TEN_MINUTES).refused()).isOne();
    assertThat(runAfter(Duration.ofHours(1)).refused()).isOne();
    assertThat(runAfter(Duration.ofHours(6)).refused()).isOne();
    assertThat(runAfter(Duration.ofDays(7)).refused()).isZero();
    assertThat(fixture.find(id).retries()).isEqualTo(3);
  }

  @Test
  void scheduleThatNobodyHasLookedAtForWeeks_isWorkedOff() {
    fixture.arrive("1");
    assertThat(runAfter(Duration.ofDays(20)).accepted()).isOne();
  }

  @Test
  void twoRunsAtOnce_retryNothingTwice() {
    IntStream.range(0, 50).forEach(i -> fixture.arrive("event-" + i));
    fixture.clock.advance(TEN_MINUTES);
    List<Boolean> runs = Parallel.map(List.of(1, 2, 3),
        _ -> fixture.retries.run(Letters.ENOUGH).complete());
    assertThat(runs).containsOnly(true);
    assertThat(fixture.broker.posted).hasSize(50);
    assertThat(fixture.list(100)).isEmpty();
  }

  @Test
  void bulk_retriesATypeOrAll() {
    fixture.arrive("1");
    fixture.arrive("2", "type", "dev.knatter.other");
    fixture.clock.advance(Duration.ofMillis(1)); // letters of one millisecond have no order
    fixture.arrive("3");
    assertThat(fixture.bulk.run("dev.knatter.other", null, Letters.ENOUGH))
      .isEqualTo(new BulkRetry.Result(1, 0, null));
    assertThat(fixture.eventIds(10)).containsExactly("3", "1");
    fixture.broker.answer(400);
    assertThat(fixture.bulk.run(null, null, Letters.ENOUGH)).isEqualTo(new BulkRetry.Result(0, 2, null));
    fixture.broker.answer(503);
    assertThatThrownBy(() -> fixture.bulk.run(null, null, Letters.ENOUGH)).isInstanceOf(Unavailable.class);
    assertThat(fixture.eventIds(10)).containsExactly("3", "1");
  }
}
