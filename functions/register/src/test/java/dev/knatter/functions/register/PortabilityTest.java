package dev.knatter.functions.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.adapter.Endpoint;
import dev.knatter.core.Env;
import dev.knatter.core.store.CassandraSettings;
import dev.knatter.core.store.Migrations;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;
import dev.knatter.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.messaging.Message;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = new RealStores();

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @Test
  void register_onLambda_answersAsOverHttp() throws Exception {
    Migrations.apply(CassandraSettings.from(Env.of(real.env())),
        "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    Env env = Env.of(real.env());
    try (Stores stores = Stores.open(env, Clock.systemUTC())) {
      Lambda lambda = Lambda.deploy(RegisterRequest.class, function(env, stores));
      String ada = "{\"username\":\"Ada\",\"password\":\"correct horse\"}";

      Lambda.Answer created = lambda.post("/v1/register", JSON, ada);
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.body().path("username").asString()).isEqualTo("ada");

      Lambda.Answer taken = lambda.post("/v1/register", JSON, ada);
      assertThat(taken.status()).isEqualTo(409);
      assertThat(taken.body().path("type").asString()).isEqualTo("urn:knatter:problem:username-taken");

      Lambda.Answer invalid = lambda.post("/v1/register", JSON,
          "{\"username\":\"ada\",\"password\":\"short\"}");
      assertThat(invalid.status()).isEqualTo(400);
      assertThat(invalid.body().path("errors").path(0).path("pointer").asString()).isEqualTo("/password");
    }
  }

  @SuppressWarnings("unchecked") // the only endpoint is the one of this input
  private static Function<Message<RegisterRequest>, Message<?>> function(Env env, Stores stores) {
    return ((Endpoint<RegisterRequest>) Register.endpoints(env, stores, Guard.create(env, stores)).getFirst())
      .function();
  }
}
