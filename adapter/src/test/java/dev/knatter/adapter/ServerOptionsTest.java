package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerOptionsTest {

  @Test
  void emptyEnvironment_givesDefaults() {
    ServerOptions options = ServerOptions.from(_ -> null);
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.host()).isNull();
    assertThat(options.origins()).isEmpty();
    assertThat(options.trustedProxies()).isEmpty();
    assertThat(options.problemPrefix()).isEqualTo("urn:knatter:problem:");
  }

  @Test
  void environment_isRead() {
    ServerOptions options = ServerOptions
      .from(Map.of("PORT", " 9000 ", "KNATTER_HOST", "127.0.0.1", "KNATTER_CORS_ORIGINS",
          "https://a.example, ,http://b.example:81", "KNATTER_MAX_CONCURRENT", "3",
          "KNATTER_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8,192.0.2.1")::get);
    assertThat(options.port()).isEqualTo(9000);
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.origins()).isEqualTo(List.of("https://a.example", "http://b.example:81"));
    assertThat(options.maxConcurrent()).isEqualTo(3);
    assertThat(options.trustedProxies()).extracting(AddressRange::bits).containsExactly(8, 8, 32);
  }

  @ParameterizedTest
  @CsvSource({"PORT, x", "PORT, 65536", "PORT, -1", "KNATTER_MAX_CONCURRENT, 0",
      "KNATTER_TRUSTED_PROXIES, proxy.example", "KNATTER_TRUSTED_PROXIES, 10.0.0.0/33",
      "KNATTER_TRUSTED_PROXIES, 10.0.0.0/", "KNATTER_TRUSTED_PROXIES, fd00::/-1",
      "KNATTER_CORS_ORIGINS, chat.example",
      "KNATTER_CORS_ORIGINS, https://chat.example/", "KNATTER_CORS_ORIGINS, https://Chat.example"})
  void valueThatCannotBeUsed_isNamed(String name, String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerOptions.from(Map.of(name, value)::get))
      .withMessageContaining(name);
  }
}
