package dev.knatter.functions.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.knatter.adapter.Endpoint;
import dev.knatter.chat.account.Accounts;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Login;
import dev.knatter.chat.account.Logins;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.guard.Guard;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.shared.store.Script;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.KeyFiles;
import dev.knatter.shared.token.TokenIssuer;
import dev.knatter.testing.RealStores;

/** An installation for tests: the schema and keys, and methods that create accounts and tokens. */
public final class Installation implements AutoCloseable {
  public static final String PASSWORD = "correct horse";

  private final Env env;
  private final Stores stores;
  private final TokenIssuer tokens;
  private final Registration registration;
  private final Accounts accounts;
  private final Logins logins;
  private final Uuid7 ids;

  private Installation(Env env) {
    this.env = env;
    this.stores = Stores.open(env, Clock.systemUTC());
    this.tokens = TokenIssuer.from(env, stores.clock());
    this.ids = new Uuid7(stores.clock());
    Passwords passwords = new Passwords(1);
    this.registration = new Registration(stores.cassandra(), stores.clock(), ids, passwords,
        ErasedNames.from(env, stores.cassandra()));
    this.accounts = new Accounts(stores.cassandra(), passwords);
    this.logins = new Logins(stores.cassandra(), ids, tokens, accounts);
  }

  /** @param keys an empty folder */
  public static Installation on(RealStores stores, Path keys) throws IOException, InterruptedException {
    return on(stores, keys, Map.of());
  }

  /**
   * @param keys an empty folder
   * @param more variables of the environment
   */
  public static Installation on(RealStores stores, Path keys, Map<String, String> more)
      throws IOException, InterruptedException {
    KeyFiles.write(keys);
    Map<String, String> variables = new HashMap<>(stores.env());
    variables.putAll(more);
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_CURSOR_KEY_FILE", keys.resolve("cursor.key").toString());
    variables.put("KNATTER_NAME_KEY_FILE", keys.resolve("name.key").toString());
    variables.putIfAbsent("KNATTER_EVENT_SOURCES", TestEvents.CONFIGURATION);
    Env env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    return new Installation(env);
  }

  public Env env() {
    return env;
  }

  /** The installation's own clients of the stores. Pods have others. */
  public Stores stores() {
    return stores;
  }

  /**
   * Waits until this installation and the given pods can use both stores again, after a test has cut them off.
   * Readiness does not tell that, because a process stays ready if a store goes away.
   */
  public void awaitStores(Pod... pods) {
    await().pollDelay(Duration.ZERO)
      .ignoreExceptionsInstanceOf(Unavailable.class)
      .until(() -> answer(stores) && Stream.of(pods).allMatch(pod -> answer(pod.stores())));
  }

  private static boolean answer(Stores stores) {
    stores.cassandra().execute(SimpleStatement.newInstance("SELECT key FROM system.local"));
    return stores.redis().eval(new Script("return {1}"), List.of("any")).isPresent();
  }

  public Uuid7 ids() {
    return ids;
  }

  /** Registers an account with {@link #PASSWORD} and returns a session of it. */
  public Identity register(String name) {
    return register(name, PASSWORD);
  }

  /** Registers an account and returns a session of it. */
  public Identity register(String name, String password) {
    return new Identity(registration.register(NewAccount.checked(name, password, null, null)).userId(), name,
        ids.mint());
  }

  /** Opens a session of a user who was registered with {@link #PASSWORD}, as the login function does. */
  public Login login(Identity who, Device on) {
    return Username.parse(who.username())
      .flatMap(name -> accounts.authenticate(name, PASSWORD))
      .flatMap(proof -> logins.open(proof, on))
      .orElseThrow();
  }

  /** Writes rows like that of a session, under new ids: to log in as often takes much longer. */
  public void copySession(Login login, int count) {
    Identity identity = login.identity();
    SimpleStatement select = SimpleStatement.newInstance(
        "SELECT JSON * FROM sessions WHERE user_id = ? AND session_id = ?", identity.userId(),
        identity.sessionId());
    String row = Objects.requireNonNull(stores.cassandra().all(select).getFirst().getString(0))
      .replaceAll(", \"[a-z_]+\": null", "");
    for (int i = 0; i < count; i++) {
      stores.cassandra()
        .execute(SimpleStatement.newInstance("INSERT INTO sessions JSON ? DEFAULT UNSET",
            row.replace(identity.sessionId().toString(), ids.mint().toString())));
    }
  }

  /** Makes as many requests as a limit allows at once, for a user or an address. */
  public void useUp(RateLimit limit, String subject) {
    Admission admission = new Admission(stores.redis());
    for (int i = 0; i < limit.capacity(); i++) {
      Admitted _ = admission.admit(limit, subject, null);
    }
  }

  /** The value of the Authorization header for this identity. */
  public String authorization(Identity who) {
    return "Bearer " + tokens.issue(who);
  }

  public Pod start(Endpoints endpoints) {
    return new Pod(env, endpoints);
  }

  /** Runs the function of the first endpoint on Spring Cloud Function's adapter for AWS. */
  @SuppressWarnings("unchecked") // the caller knows the input type
  public <I> Lambda onLambda(Class<I> input, Endpoints endpoints) {
    Endpoint<I> endpoint = (Endpoint<I>) endpoints.make(env, stores, Guard.create(env, stores)).getFirst();
    return Lambda.deploy(input, endpoint.function());
  }

  @Override
  public void close() {
    stores.close();
  }
}
