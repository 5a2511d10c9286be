package dev.knatter.functions.messages;

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
  void messages_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
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
      Lambda lambda = Lambda.deploy(MessagesQuery.class, function(env, stores));
      String token = TokenIssuer.from(env, stores.clock())
        .issue(new Identity(ada.userId(), "ada", ids.mint()));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          "Bearer " + token);

      Lambda.Answer page = lambda.post("/v1/messages", headers, "{\"with\":\"ada\",\"limit\":10}");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body().path("messages").isEmpty()).isTrue();
      assertThat(page.body().path("previous").asString()).isNotEmpty();

      Lambda.Answer unknown = lambda.post("/v1/messages", headers, "{\"with\":\"nobody\"}");
      assertThat(unknown.status()).isEqualTo(404);
    }
  }

  @SuppressWarnings("unchecked") // the only endpoint is the one of this input
  private static Function<Message<MessagesQuery>, Message<?>> function(Env env, Stores stores) {
    return ((Endpoint<MessagesQuery>) Messages.endpoints(env, stores, Guard.create(env, stores)).getFirst())
      .function();
  }
}
