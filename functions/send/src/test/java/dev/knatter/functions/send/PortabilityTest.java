package dev.knatter.functions.send;

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
import dev.knatter.core.token.Identity;
import dev.knatter.core.token.KeysMain;
import dev.knatter.core.token.TokenIssuer;
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
  void send_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
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
      Lambda lambda = Lambda.deploy(SendRequest.class, function(env, stores));
      String token = TokenIssuer.from(env, stores.clock())
        .issue(new Identity(ada.userId(), "ada", ids.mint()));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          "Bearer " + token, "Idempotency-Key", "\"note-1\"");

      Lambda.Answer sent = lambda.post("/v1/send", headers, "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(sent.status()).isEqualTo(201);
      assertThat(sent.body().path("sender").asString()).isEqualTo("ada");
      Lambda.Answer again = lambda.post("/v1/send", headers, "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(again.body().path("id")).isEqualTo(sent.body().path("id"));

      Lambda.Answer refused = lambda.post("/v1/send", Map.of("Content-Type", "application/json"),
          "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(refused.status()).isEqualTo(401);
    }
  }

  @SuppressWarnings("unchecked") // the only endpoint is the one of this input
  private static Function<Message<SendRequest>, Message<?>> function(Env env, Stores stores) {
    return ((Endpoint<SendRequest>) Send.endpoints(env, stores, Guard.create(env, stores)).getFirst())
      .function();
  }
}
