package dev.knatter.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.packaging.product.Product;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run of a quarter of an hour must not find out at its end that one function is asked for what there is not. */
final class FirstRequestsAnswersTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Set<String> EVENTS_ALONE = Set.of("outbox", "send-events", "erase-events", "deliver");

  private static Local local;
  private static FirstRequests first;

  @BeforeAll
  static void open(@TempDir Path data) throws InterruptedException {
    local = Local.start(new LocalSettings(0, data, stores.env()), false, _ -> {});
    Env env = Env.of(local.environment());
    TestUsers users = new TestUsers(System.currentTimeMillis());
    Clock clock = Clock.systemUTC();
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), clock)) {
      new History(cassandra).write(users);
      new Registration(cassandra, clock, new Uuid7(clock), new Passwords(1), ErasedNames.from(env, cassandra))
        .register(FirstRequests.whoLogsIn());
    }
    first = new FirstRequests(env, users);
  }

  @AfterAll
  static void close() {
    local.close();
  }

  /** All that have a public address, and not those that events alone invoke. */
  static Stream<String> functions() {
    return Product.functions().stream().filter(function -> !EVENTS_ALONE.contains(function));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void of_aFunction_isAnsweredAsExpected(String function) throws IOException {
    MeasuredProgram.First request = first.of(function);
    try (HttpConnection connection = new HttpConnection(local.uri().getPort())) {
      int status = connection.exchange(request.request().get());

      assertThat(status).as(connection.body()).isEqualTo(request.expected());
    }
  }
}
