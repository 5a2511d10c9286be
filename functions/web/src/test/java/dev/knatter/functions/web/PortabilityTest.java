package dev.knatter.functions.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.knatter.functions.testing.Lambda;
import dev.knatter.guard.Guard;
import org.junit.jupiter.api.Test;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @Test
  void asset_onLambda_answersAsOverHttp() {
    Map<String, SiteFile> assets = Map.of("known.js", new SiteFile("known.js", "[1, 2]"));
    Lambda lambda = Lambda.deploy(AssetQuery.class, Guard.unlimited(new AssetFunction(assets)));

    Lambda.Answer known = post(lambda, "known.js");
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.headers().path("Cache-Control").asString()).contains("immutable");
    Lambda.Answer unknown = post(lambda, "unknown.js");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("type").asString()).isEqualTo("urn:knatter:problem:not-found");
  }

  private static Lambda.Answer post(Lambda lambda, String file) {
    return lambda.post("/assets/" + file, Map.of("Content-Type", "application/json"),
        "{\"file\":\"" + file + "\"}");
  }
}
