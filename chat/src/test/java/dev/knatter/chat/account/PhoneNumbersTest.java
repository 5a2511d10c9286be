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

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PhoneNumbersTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Random random = new Random(7);
  private final Registration registration = new Registration(stores.cassandra(), Clock.systemUTC(),
      new Uuid7(Clock.systemUTC(), random), new Passwords(2),
      new ErasedNames(new byte[32], stores.cassandra()));
  private final PhoneNumbers numbers = new PhoneNumbers(stores.cassandra());
  private final Account ada = register("ada");
  private final Account eve = register("eve");
  private final String number = number();
  private final String other = number();

  private Account register(String name) {
    return registration.register(
        NewAccount.checked(name + "-" + Long.toHexString(random.nextLong()), "a secret of mine", null, null));
  }

  private static String number() {
    return "+1555" + (1_000_000 + random.nextInt(9_000_000));
  }

  private void give(Account account, String number) {
    numbers.change(account.userId(), account.username().value(), number);
  }

  private void remove(Account account) {
    numbers.change(account.userId(), account.username().value(), null);
  }

  private Optional<String> of(Account account) {
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
