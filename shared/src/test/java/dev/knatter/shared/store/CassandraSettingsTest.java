package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;

final class CassandraSettingsTest {
  private static CassandraSettings with(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("KNATTER_CASSANDRA_CONTACT_POINTS", "localhost:9042");
    return CassandraSettings.from(Env.of(variables));
  }

  @Test
  void roleAndPassword_areTaken_andNoPasswordIsEverShown() {
    CassandraSettings settings = with(
        Map.of("KNATTER_CASSANDRA_USERNAME", "ada", "KNATTER_CASSANDRA_PASSWORD", "s3cret"));
    assertThat(settings.username()).contains("ada");
    assertThat(settings.password()).contains("s3cret");
    assertThat(settings.toString()).contains("localhost").doesNotContain("s3cret");
  }

  /** For example, the cluster lacks the secret. The product must then not connect without a role. */
  @Test
  void roleWithoutAPassword_stopsTheStart() {
    assertThatIllegalStateException().isThrownBy(() -> with(Map.of("KNATTER_CASSANDRA_USERNAME", "ada")))
      .withMessageContaining("KNATTER_CASSANDRA_PASSWORD");
  }

  @Test
  void tls_isNotUsed_whereNobodyAsks() {
    assertThat(with(Map.of()).tls()).isEmpty();
    assertThat(with(Map.of("KNATTER_CASSANDRA_TLS", "false")).tls()).isEmpty();
  }

  /** For example, the cluster's secret lacks the authority's certificate. The password must then not go out in plain text. */
  @Test
  void tls_withoutAnAuthority_orAnAuthorityWithoutTls_orAnotherWord_stopsTheStart() {
    assertThatIllegalStateException().isThrownBy(() -> with(Map.of("KNATTER_CASSANDRA_TLS", "true")))
      .withMessage("KNATTER_CASSANDRA_TLS is true, but KNATTER_CASSANDRA_TLS_CA is not.");
    assertThatIllegalStateException()
      .isThrownBy(() -> with(Map.of("KNATTER_CASSANDRA_TLS", "false", "KNATTER_CASSANDRA_TLS_CA",
          "-----BEGIN CERTIFICATE-----")))
      .withMessage("KNATTER_CASSANDRA_TLS is false, but KNATTER_CASSANDRA_TLS_CA is set.");
    assertThatIllegalStateException().isThrownBy(() -> with(Map.of("KNATTER_CASSANDRA_TLS", "yes")))
      .withMessageContaining("true or false");
  }
}
