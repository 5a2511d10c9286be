package dev.knatter.chat.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.testing.Contents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DeadLettersOfUserTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Letters fixture = new Letters(stores.cassandra());
  private final DeadLettersOfUser ofUser = new DeadLettersOfUser(stores.cassandra());
  private final UUID ada = UUID.randomUUID();

  private UUID signed(String id) {
    return fixture.arrive(ada + id, "signer", ada.toString());
  }

  @Test
  void letters_ofAUser_areReadInPagesOldestFirst() {
    IntStream.range(0, 45).forEach(i -> {
      signed("-" + i);
      fixture.clock.advance(Letters.ENOUGH);
    });
    fixture.arrive("unsigned");
    DeadLettersOfUser.Page first = ofUser.page(ada, null);
    DeadLettersOfUser.Page second = ofUser.page(ada, first.next());
    DeadLettersOfUser.Page third = ofUser.page(ada, second.next());

    assertThat(first.letters()).hasSize(20)
      .first()
      .extracting(stored -> stored.letter().eventId())
      .isEqualTo(ada + "-0");
    assertThat(second.letters()).hasSize(20);
    assertThat(third.letters()).hasSize(5);
    assertThat(third.next()).isNull();
    assertThat(ofUser.count(ada)).isEqualTo(45);
  }

  @Test
  void letter_thatHasLeftTheList_isNotOfTheUserAnyMore() {
    UUID retried = signed("-1");
    UUID deleted = signed("-2");
    UUID again = signed("-3");
    signed("-3");
    assertThat(fixture.retry.retry(retried)).isEqualTo(DeadLetterRetry.Outcome.ACCEPTED);
    fixture.letters.delete(deleted);

    assertThat(ofUser.count(ada)).isOne();
    assertThat(ofUser.page(ada, null).letters()).singleElement()
      .extracting(StoredLetter::id)
      .isEqualTo(again);
  }

  @Test
  void erased_leavesNothingOfTheUser() {
    IntStream.range(0, 5).forEach(i -> signed("-" + i));
    UUID others = fixture.arrive("others-" + ada.hashCode());
    assertThat(ofUser.erase(ada, 3)).isEqualTo(3);
    assertThat(ofUser.erase(ada, 3)).isEqualTo(2);
    assertThat(ofUser.erase(ada, 3)).isZero();

    assertThat(Contents.ofCassandra(stores.real())).noneMatch(line -> line.contains(ada.toString()));
    assertThat(fixture.letters.find(others)).isPresent();
  }
}
