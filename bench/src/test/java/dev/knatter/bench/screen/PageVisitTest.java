package dev.knatter.bench.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.History;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.embedded.Checkout;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.packaging.product.Product;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of a visit, answered by the product in this process. */
final class PageVisitTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static Local local;
  private static Env env;
  private static TestUsers users;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void open(@TempDir Path data) throws IOException, InterruptedException {
    local = Local.start(new LocalSettings(0, data, stores.env()), false, _ -> {});
    env = Env.of(local.environment());
    users = new TestUsers(System.currentTimeMillis());
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
        HttpConnection connection = new HttpConnection(local.uri().getPort())) {
      new History(cassandra).write(users);
      assertThat(connection.exchange(new RequestFactory(env, users).send(other(), visitor()))).isEqualTo(201);
    }
  }

  @AfterAll
  static void close() {
    local.close();
  }

  private static Person visitor() {
    return users.people().get(0);
  }

  private static Person other() {
    return users.people().get(1);
  }

  private String answer(String function, byte[] request) throws IOException {
    asked.add(function);
    try (HttpConnection connection = new HttpConnection(local.uri().getPort())) {
      int status = connection.exchange(request);
      assertThat(status).as(function).isBetween(200, 299);
      return connection.body();
    }
  }

  private PageVisit visit() {
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC())) {
      OpenSession session = OpenSession
        .write(cassandra, RawStatements.of(cassandra), List.of(visitor()))
        .getFirst();
      String cookie = ScreenBench
        .nameAndValue(RefreshCookie.from(env).holding(session.token().text()));
      return new PageVisit(this::answer, cookie, "http://127.0.0.1:" + local.uri().getPort(), other().name());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void visit_showsTheListAndTheMessages(boolean wake) throws Exception {
    PageVisit.Times times = visit().run(wake);

    assertThat(times.page()).isPositive().isLessThan(Math.min(times.list(), times.messages()));
    assertThat(times.shown()).isEqualTo(Math.max(times.list(), times.messages()));
    assertThat(asked).startsWith(ScreenFunctions.PAGE).contains("refresh", "stream", "users");
    assertThat(asked.stream().filter("conversations"::equals)).hasSize(wake ? 2 : 1);
    assertThat(asked.stream().filter(ScreenFunctions.PAGE::equals)).hasSizeGreaterThan(10);
  }

  @Test
  void wake_asksWhatThePageAsks() throws IOException {
    String library = Files
      .readString(Checkout.root().resolve("clients/web/src/main/resources/knatter/knatter.js"));
    String paths = String.join(", ",
        ScreenFunctions.WOKEN.stream().map(woken -> "'" + woken.path() + "'").toList());

    assertThat(library).contains("FIRST_NEEDED = [" + paths + "]");
  }

  @Test
  void functions_areAllPackaged() {
    assertThat(Product.functions()).containsAll(ScreenFunctions.names());
  }
}
