package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests are on this machine, as the proxy that Knative puts beside a function is. */
final class CallerAddressTest {
  @AutoClose
  private static final FunctionServer BEHIND_PROXIES = behindProxies();
  @AutoClose
  private static final FunctionServer TRUSTING_NOBODY = Samples.serve();

  private static FunctionServer behindProxies() {
    return Samples.serve(Samples.options()
      .withTrustedProxies(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00:1::/33"),
          AddressRange.parse("192.0.2.7"), AddressRange.parse("::ffff:172.16.0.0/108"))));
  }

  private static String seen(FunctionServer server, String... fields) throws IOException {
    return RawHttp
      .exchange(server.port(), "GET /headers HTTP/1.1\nHost: x\n" + String.join("\n", fields) + "\n\n")
      .body();
  }

  private static String address(String text) {
    return "{\"callerAddress\":\"" + text + "\"}";
  }

  @ParameterizedTest
  @CsvSource({"'203.0.113.9', 203.0.113.9", "'203.0.113.9, 10.1.2.3', 203.0.113.9",
      "'198.51.100.1, 203.0.113.9,10.1.2.3 , 10.3.2.1', 203.0.113.9",
      "'198.51.100.1,203.0.113.9,192.0.2.7,127.0.0.1,fd00:1::5', 203.0.113.9",
      "'10.9.9.9,192.0.2.8', 192.0.2.8", "'11.0.0.1', 11.0.0.1",
      "'2001:db8::1, fd00:1:7fff::1', 2001:db8:0:0:0:0:0:1", "'fd00:1:8000::1', fd00:1:8000:0:0:0:0:1",
      "'203.0.113.9, 172.31.255.1', 203.0.113.9", "'172.32.0.1', 172.32.0.1"})
  void lastAddressThatIsNoProxys_isTheCallers(String forwarded, String address) throws IOException {
    assertThat(seen(BEHIND_PROXIES, "X-Forwarded-For: " + forwarded)).isEqualTo(address(address));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', value = {"203.0.113.77:5555, 203.0.113.77",
      "203.0.113.77:_hidden, 203.0.113.77", "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
      "[2001:db8::1], 2001:db8:0:0:0:0:0:1", "\"[2001:db8::1]:443\", 2001:db8:0:0:0:0:0:1",
      "::ffff:203.0.113.9, 203.0.113.9", "[::ffff:203.0.113.9]:80, 203.0.113.9",
      "fe80::1%eth0, fe80:0:0:0:0:0:0:1", "[fe80::1%25eth0]:80, fe80:0:0:0:0:0:0:1"})
  void addressInWhateverForm_isTheCallers(String node, String address) throws IOException {
    assertThat(seen(BEHIND_PROXIES, "X-Forwarded-For: 198.51.100.1, " + node + ", 10.1.2.3:41000"))
      .isEqualTo(address(address));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"for=203.0.113.9|203.0.113.9",
      "For=\"[2001:db8:cafe::17]:4711\"|2001:db8:cafe:0:0:0:0:17",
      "for=198.51.100.1, proto=http;for=203.0.113.9;by=203.0.113.43, for=\"10.1.2.3:80\"|203.0.113.9",
      "for=198.51.100.1;ext=\"left open, for=203.0.113.9|203.0.113.9",
      "for=198.51.100.1;host=\", for=\"[2001:db8::9]\"|2001:db8:0:0:0:0:0:9"})
  void forwarded_saysTheSame(String forwarded, String address) throws IOException {
    assertThat(seen(BEHIND_PROXIES, "Forwarded: " + forwarded)).isEqualTo(address(address));
  }

  @Test
  void forwardedBesideTheOtherField_doesNotCount() throws IOException {
    assertThat(seen(BEHIND_PROXIES, "Forwarded: for=198.51.100.1", "X-Forwarded-For: 203.0.113.9"))
      .isEqualTo(address("203.0.113.9"));
    assertThat(seen(BEHIND_PROXIES, "Forwarded: for=198.51.100.1", "X-Forwarded-For: 10.1.2.3"))
      .isEqualTo("{}");
  }

  @Test
  void fieldInSeveralLines_isReadFromTheEndOfTheLast() throws IOException {
    assertThat(
        seen(BEHIND_PROXIES, "X-Forwarded-For: 198.51.100.1", "x-forwarded-for: 203.0.113.9, 10.0.0.1"))
      .contains("203.0.113.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Other: 1", "X-Forwarded-For: ", "X-Forwarded-For: 10.1.2.3",
      "X-Forwarded-For: 203.0.113.9, unknown", "X-Forwarded-For: 203.0.113.9, localhost",
      "X-Forwarded-For: 203.0.113.9,, 10.1.2.3", "X-Forwarded-For: 203.0.113.9, 1",
      "X-Forwarded-For: 203.0.113.9, _hidden", "X-Forwarded-For: 203.0.113.9, 203.0.113.256",
      "X-Forwarded-For: 203.0.113.9, 203.0.113.77:http", "X-Forwarded-For: 203.0.113.9, [2001:db8::1",
      "X-Forwarded-For: 203.0.113.9, %, 10.1.2.3", "callerAddress: 203.0.113.9", "X-Real-IP: 203.0.113.9",
      "Forwarded: for=203.0.113.9, for=unknown", "Forwarded: for=203.0.113.9, for=\"_gazonk:80\"",
      "Forwarded: for=203.0.113.9, proto=http", "Forwarded: for=203.0.113.9, for=\"203.0.113.10",
      "Forwarded: for=10.1.2.3"})
  void callerOfWhomNoProxyTells_hasNoAddress_andTheLogSaysSo(String field) throws IOException {
    try (StandardError log = new StandardError(); FunctionServer server = behindProxies()) {
      assertThat(seen(server, field)).isEqualTo("{}");
      assertThat(log.text()).contains("WARN", "limit by address", "KNATTER_TRUSTED_PROXIES")
        .doesNotContain("203.0.113", "10.1.2.3");
    }
  }

  @Test
  void proxiesThatNobodyNamed_areNotBelieved() throws IOException {
    try (StandardError log = new StandardError()) {
      assertThat(seen(TRUSTING_NOBODY, "X-Forwarded-For: 203.0.113.9")).isEqualTo("{}");
      assertThat(log.text()).doesNotContain("WARN");
    }
  }
}
