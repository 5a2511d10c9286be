package dev.knatter.chat.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.MigratedStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DeadLettersTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Letters fixture = new Letters(stores.cassandra());

  @BeforeEach
  void empty() {
    fixture.empty(stores.session());
  }

  private Instant now() {
    return fixture.clock.instant();
  }

  @Test
  void arrival_isStoredWhole() {
    String data = "€".repeat(100_000);
    UUID id = fixture.letters.arrived(Letters.letter("1", data, "time", now().minusSeconds(60).toString(),
        "partitionkey", "p", "datacontenttype", "text/plain"));
    StoredLetter stored = fixture.find(id);

    assertThat(stored.letter().text()).isEqualTo(data);
    assertThat(stored.letter().attributes()).containsOnlyKeys("specversion", "id", "source", "type", "time",
        "partitionkey", "datacontenttype");
    assertThat(stored.letter().error())
      .isEqualTo(new DeliveryError(400, "wrong", "http://evil.example"));
    assertThat(stored.arrivedAt()).isEqualTo(now()).isEqualTo(stored.firstArrivedAt());
    assertThat(stored.arrivals()).isOne();
    assertThat(stored.retries()).isZero();
    assertThat(stored.nextRetryAt()).isEqualTo(now().plus(Duration.ofMinutes(10)));
    assertThat(stored.expiresAt()).isEqualTo(now().minusSeconds(60).plus(Duration.ofDays(25)));
  }

  @Test
  void dataThatAreNoText_orNone_areStoredToo() {
    byte[] bytes = {(byte) 0xff, 0, 1};
    UUID binary = fixture.letters.arrived(new DeadLetter(Letters.letter("1", "").attributes(), bytes,
        new DeliveryError(null, null, null)));
    assertThat(fixture.find(binary).letter().data()).isEqualTo(bytes);
    assertThat(fixture.find(binary).letter().text()).isNull();
    assertThat(fixture.find(binary).letter().error()).isEqualTo(new DeliveryError(null, null, null));
    UUID none = fixture.letters.arrived(Letters.letter("2", ""));
    assertThat(fixture.find(none).letter().data()).isEmpty();
  }

  @Test
  void sameEventAgain_isOneLetterAtTheHeadOfTheList() {
    UUID first = fixture.arrive("1");
    fixture.clock.advance(Duration.ofHours(2));
    fixture.arrive("2");
    fixture.clock.advance(Duration.ofHours(2));
    assertThat(fixture.arrive("1")).isEqualTo(first);

    assertThat(fixture.eventIds(10)).containsExactly("1", "2");
    StoredLetter stored = fixture.find(first);
    assertThat(stored.arrivals()).isEqualTo(2);
    assertThat(stored.arrivedAt()).isEqualTo(now());
    assertThat(stored.firstArrivedAt()).isEqualTo(now().minus(Duration.ofHours(4)));
    assertThat(stored.expiresAt()).isEqualTo(stored.firstArrivedAt().plus(Duration.ofDays(25)));
    assertThat(stores.session().execute("SELECT * FROM dead_letter_contents").all()).hasSize(2);
    assertThat(fixture.arrive("1", "source", "/elsewhere")).isNotEqualTo(first);
  }

  @Test
  void sameEvent_tenTimesAtOnce_isOneLetterThatHasArrivedTenTimes() throws Exception {
    Callable<UUID> arrival = () -> fixture.arrive("1");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int stored = 0;
      for (Future<UUID> each : threads.invokeAll(Collections.nCopies(10, arrival))) {
        stored += each.state() == Future.State.SUCCESS ? 1 : 0; // the others are told to come again
      }
      assertThat(fixture.list(10)).singleElement().extracting(StoredLetter::arrivals).isEqualTo(stored);
      assertThat(stores.session().execute("SELECT * FROM dead_letter_contents").all()).hasSize(1);
    }
  }

  @Test
  void eventOfTheFuture_livesFromItsArrival() {
    UUID id = fixture.arrive("1", "time", now().plus(Duration.ofDays(100)).toString());
    assertThat(fixture.find(id).expiresAt()).isEqualTo(now().plus(Duration.ofDays(25)));
  }

  @Test
  void timeThatCannotBe_isLeftOut() {
    UUID id = fixture.arrive("1", "time", "+99999-01-01T00:00:00Z");
    assertThat(fixture.find(id).letter().time()).isEmpty();
    assertThat(fixture.find(id).expiresAt()).isEqualTo(now().plus(Duration.ofDays(25)));
  }

  @Test
  void oldEvent_isKeptForADayAndNotRetriedBySchedule() {
    UUID id = fixture.arrive("1", "time", now().minus(Duration.ofDays(26)).toString());
    assertThat(fixture.find(id).expiresAt()).isEqualTo(now().plus(Duration.ofDays(1)));
    assertThat(fixture.find(id).nextRetryAt()).isNull();
    assertThat(stores.session()
      .execute("SELECT ttl(expires_at) AS ttl FROM dead_letter_contents")
      .one()
      .getInt("ttl")).isBetween(86_000, 86_400);
  }

  @Test
  void list_overHoursAndQuietDays_isWholeInPagesOfAnySize() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      fixture.arrive("event-" + i);
      ids.addFirst("event-" + i);
      fixture.clock.advance(i % 10 == 9 ? Duration.ofDays(6) : Duration.ofMinutes(25));
    }
    assertThat(fixture.eventIds(1)).isEqualTo(ids);
    assertThat(fixture.eventIds(7)).isEqualTo(ids);
    assertThat(fixture.eventIds(100)).isEqualTo(ids);
  }

  @Test
  void pageOfLargeEvents_endsEarly() {
    for (int i = 0; i < 12; i++) {
      fixture.letters.arrived(Letters.letter("event-" + i, "x".repeat(300_000)));
    }
    DeadLetters.Page page = fixture.letters.page(null, 12);
    assertThat(page.letters()).hasSizeBetween(4, 8);
    assertThat(page.next()).isNotNull();
    assertThat(fixture.list(12)).hasSize(12);
  }

  @Test
  void deletedLetter_isGoneAndItsEventMayComeAgain() {
    UUID id = fixture.arrive("1");
    fixture.letters.delete(id);
    fixture.letters.delete(id);
    assertThat(fixture.letters.find(id)).isEmpty();
    assertThat(fixture.list(10)).isEmpty();
    assertThat(stores.session().execute("SELECT * FROM dead_letter_contents").all()).isEmpty();

    fixture.arrive("1");
    assertThat(fixture.list(10)).singleElement().extracting(StoredLetter::arrivals).isEqualTo(2);
  }

  @Test
  void unknownLetter_isNotFound() {
    assertThat(fixture.letters.find(UUID.randomUUID())).isEmpty();
    fixture.letters.delete(UUID.randomUUID());
  }
}
