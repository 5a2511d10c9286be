package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PhoneNumbersTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final Random random = new Random(7);
  private static Cassandra cassandra;
  private static Registration registration;
  private static PhoneNumbers numbers;

  private final Account ada = register("ada");
  private final Account eve = register("eve");
  private final String number = number();
  private final String other = number();

  @BeforeAll
  static void open() throws Exception {
    CassandraSettings settings = CassandraSettings.from(Env.of(stores.env()));
    Migrations.apply(settings, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    cassandra = Cassandra.open(settings, Clock.systemUTC());
    registration = new Registration(cassandra, Clock.systemUTC(), new Uuid7(Clock.systemUTC(), random),
        new Passwords(2), new ErasedNames(new byte[32], cassandra));
    numbers = new PhoneNumbers(cassandra);
  }

  @AfterAll
  static void close() {
    cassandra.close();
  }

  private static Account register(String name) {
    return registration.register(
        NewAccount.checked(name + "-" + Long.toHexString(random.nextLong()), "a secret of mine", null, null));
  }

  private static String number() {
    return "+1555" + (1_000_000 + random.nextInt(9_000_000));
  }

  private static void give(Account account, String number) {
    numbers.change(account.userId(), account.username().value(), number);
  }

  private static void remove(Account account) {
    numbers.change(account.userId(), account.username().value(), null);
  }

  private static Optional<String> of(Account account) {
    return numbers.of(account.userId(), account.username().value());
  }

  @Test
  void number_leadsToItsOwnerUntilItIsChangedOrRemoved() {
    give(ada, number);
    assertThat(numbers.owner(number)).contains(ada.userId());
    give(ada, other);
    assertThat(numbers.owner(number)).isEmpty();
    assertThat(numbers.owner(other)).contains(ada.userId());
    remove(ada);
    remove(ada);
    assertThat(numbers.owner(other)).isEmpty();
    assertThat(of(ada)).isEmpty();
  }

  @Test
  void numberOfSomebodyElse_staysHisUntilHeGivesItUp() {
    give(ada, number);
    give(eve, number);
    assertThat(numbers.owner(number)).contains(ada.userId());
    assertThat(of(eve)).as("as if it were free").contains(number);
    remove(eve);
    assertThat(numbers.owner(number)).contains(ada.userId());

    remove(ada);
    give(eve, number);
    assertThat(numbers.owner(number)).contains(eve.userId());
  }

  @Test
  void changeThatWasCutOff_isFinishedByTheNext() {
    give(ada, number);
    stores.session().execute("DELETE FROM phone_numbers WHERE phone_number = ?", number);
    give(ada, other);
    stores.session().execute("DELETE FROM phone_numbers WHERE phone_number = ?", other);
    give(ada, other);
    assertThat(numbers.owner(other)).contains(ada.userId());
  }

  @Test
  void numbersChangedAtOnce_leaveTheOneThatTheAccountNames() throws Exception {
    List<String> wanted = IntStream.range(0, 6).mapToObj(_ -> number()).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(wanted.stream().<Callable<Void>>map(each -> () -> {
        give(ada, each);
        return null;
      }).toList());
    }
    String last = of(ada).orElseThrow();
    assertThat(wanted).contains(last);
    give(ada, last); // whoever was refused on the way tries again
    assertThat(wanted.stream().filter(each -> numbers.owner(each).isPresent())).containsExactly(last);
  }

  @Test
  void numberOfAnAccountThatIsNotThere_isRefused() {
    UUID nobody = UUID.randomUUID();
    assertThatThrownBy(() -> numbers.change(nobody, ada.username().value(), number))
      .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> numbers.change(nobody, "nobody-at-all", number)).isInstanceOf(NotFound.class);
    assertThat(numbers.owner(number)).isEmpty();
  }
}
