package dev.knatter.chat.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.deadletter.DeadLetterRetry.Outcome;
import dev.knatter.chat.deadletter.LetterContents.Content;
import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of events of one hour that nobody can handle, and one that only came too early. */
final class PoisonTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  /** Several times what one run retries, and what one page of the list holds. */
  private static final int MANY = 3_000;
  private static final int AT_ONCE = 250;

  private final Cassandra cassandra = stores.cassandra();
  private final Letters fixture = new Letters(cassandra);

  /** Writes what as many arrivals leave, many at the same time. */
  private void poison() {
    LetterTables tables = new LetterTables(cassandra);
    Uuid7 ids = new Uuid7(fixture.clock);
    Cql state = cassandra.cql("INSERT INTO dead_letters (letter_id, version, listed, position, first_arrival,"
        + " arrivals, retries, due) VALUES (?, 1, true, ?, ?, 1, 0, ?)");
    Duration life = Duration.ofDays(25);
    List<Statement<?>> writes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      DeadLetter letter = Letters.letter("poison-" + i, "{}");
      Entry entry = new Entry(ids.mint(), letter.id());
      UUID due = ids.mint(fixture.clock.instant().plus(Duration.ofMinutes(10)));
      writes.add(tables.contents()
        .insert(entry.position(), new Content(letter, null, fixture.clock.instant().plus(life)), life));
      writes.add(tables.list().insert(entry, life));
      writes.add(tables.schedule().insert(new LetterSchedule.Entry(due, letter.id())));
      writes.add(state.bind(letter.id(), entry.position(), Uuid7.instant(entry.position()), due));
      if (writes.size() >= AT_ONCE) {
        cassandra.executeAll(writes);
        writes.clear();
      }
      if (i % 10 == 0) {
        fixture.clock.advance(Duration.ofMillis(30));
      }
    }
    cassandra.executeAll(writes);
  }

  /** How many arrivals are in the list. */
  private int count() {
    LetterList list = new LetterTables(cassandra).list();
    long now = fixture.clock.millis();
    UUID at = DeadLetters.head(now);
    int count = 0;
    List<Entry> page;
    do {
      page = list.below(at, now - Lifetime.LONGEST.toMillis(), 1_000);
      count += page.size();
      at = page.isEmpty() ? at : page.getLast().position();
    } while (!page.isEmpty());
    return count;
  }

  @Test
  void thousands_areListedAndRetriedInBoundedPieces_andStandInNobodysWay() {
    poison();
    fixture.clock.advance(Duration.ofSeconds(1));
    UUID good = fixture.arrive("good", "type", "dev.knatter.good");
    assertThat(count()).isEqualTo(MANY + 1);
    assertThat(fixture.letters.page(null, 100).letters()).hasSize(100)
      .first()
      .extracting(StoredLetter::id)
      .isEqualTo(good);

    fixture.broker.deliverTo(fixture.letters::arrived); // and so each comes back at once
    BulkRetry.Result bulk = fixture.bulk.run("dev.knatter.test", null, Duration.ofSeconds(3));
    assertThat(bulk.accepted()).isBetween(1, BulkRetry.MOST + BulkRetry.AT_ONCE);
    assertThat(bulk.next()).isNotNull();
    fixture.clock.advance(Duration.ofMinutes(10));
    DeadLetterRetries.Result scheduled = fixture.retries.run(Duration.ofSeconds(3));
    assertThat(scheduled.accepted()).isBetween(1, DeadLetterRetries.MOST + BulkRetry.AT_ONCE);
    assertThat(scheduled.complete()).isFalse();
    assertThat(fixture.broker.mostInFlight()).isLessThanOrEqualTo(BulkRetry.AT_ONCE);

    fixture.broker.deliverTo(_ -> {});
    assertThat(fixture.retry.retry(good)).isEqualTo(Outcome.ACCEPTED);
    assertThat(fixture.letters.find(good)).isEmpty();
  }
}
