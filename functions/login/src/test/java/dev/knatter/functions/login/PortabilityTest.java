package dev.knatter.functions.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Account;
import dev.knatter.core.account.Accounts;
import dev.knatter.core.account.NewAccount;
import dev.knatter.core.account.Passwords;
import dev.knatter.core.store.CassandraSettings;
import dev.knatter.core.store.Migrations;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.KeysMain;
import dev.knatter.guard.Guard;
import dev.knatter.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.messaging.Message;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = new RealStores();

  @Test
  void login_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    KeysMain.write(keys);
    Map<String, String> variables = new HashMap<>(real.env());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_CURSOR_KEY_FILE", keys.resolve("cursor.key").toString());
    Env env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    try (Stores stores = Stores.open(env, Clock.systemUTC())) {
      Uuid7 ids = new Uuid7(stores.clock(), new Random(1));
      Account ada = new Accounts(stores.cassandra(), stores.clock(), ids, new Passwords(1))
        .register(NewAccount.checked("ada", "correct horse", null, null));
      Lambda lambda = Lambda.deploy(LoginRequest.class, function(env, stores));
      Map<String, String> json = Map.of("Content-Type", "application/json");

      Lambda.Answer opened = lambda.post("/v1/login", json,
          "{\"username\":\"Ada\",\"password\":\"correct horse\"}");
      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.body().path("userId").asString()).isEqualTo(ada.userId().toString());

      Lambda.Answer refused = lambda.post("/v1/login", json,
          "{\"username\":\"ada\",\"password\":\"correct house\"}");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("type").asString()).isEqualTo("urn:knatter:problem:unauthenticated");
    }
  }

  @SuppressWarnings("unchecked") // the only endpoint is the one of this input
  private static Function<Message<LoginRequest>, Message<?>> function(Env env, Stores stores) {
    return ((Endpoint<LoginRequest>) Login.endpoints(env, stores, Guard.create(env, stores)).getFirst())
      .function();
  }
}
