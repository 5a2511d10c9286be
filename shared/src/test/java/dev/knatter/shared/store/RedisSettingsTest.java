package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisSettingsTest {
  private static RedisSettings of(String url, String... more) {
    Map<String, String> env = new HashMap<>(Map.of("KNATTER_REDIS_URL", url));
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return RedisSettings.from(Env.of(env));
  }

  @Test
  void port_isTheUsualOne_whereNoneIsNamed() {
    assertThat(of("redis://one, redis://two:7000").addresses()).map(Object::toString)
      .containsExactly("redis://one:6379", "redis://two:7000");
    assertThat(of("rediss://one", "KNATTER_REDIS_SENTINEL_MASTER", "chat").addresses()).map(Object::toString)
      .containsExactly("rediss://one:26379");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:6379", "http://localhost", "redis://", "redis://a b", "redis://one,",
      "redis://one,rediss://two", "redis://:s3cret@one", "redis://ada:s3cret@one"})
  void address_thatIsNone_isNamed_andNotShown(String url) {
    assertThatIllegalStateException().isThrownBy(() -> of(url))
      .withMessageContaining("KNATTER_REDIS_URL")
      .withMessageNotContaining("s3cret");
  }

  @Test
  void user_withoutAPassword_isNamed() {
    assertThatIllegalStateException().isThrownBy(() -> of("redis://one", "KNATTER_REDIS_USERNAME", "ada"))
      .withMessageContainingAll("KNATTER_REDIS_USERNAME", "KNATTER_REDIS_PASSWORD");
  }

  @Test
  void authorities_thatAreNone_areNamed() {
    assertThatIllegalStateException().isThrownBy(() -> of("rediss://one", "KNATTER_REDIS_TLS_CA", "none"))
      .withMessageContaining("KNATTER_REDIS_TLS_CA");
  }

  @Test
  void text_doesNotHoldThePassword() {
    assertThat(of("redis://one", "KNATTER_REDIS_PASSWORD", "s3cret")).asString().doesNotContain("s3cret");
  }
}
