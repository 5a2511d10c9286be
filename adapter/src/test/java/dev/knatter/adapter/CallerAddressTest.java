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
  private static final FunctionServer BEHIND_PROXIES = Samples.serve(Samples.options()
    .withTrustedProxies(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00:1::/33"),
        AddressRange.parse("192.0.2.7"))));
  @AutoClose
  private static final FunctionServer TRUSTING_NOBODY = Samples.serve();

  private static String seen(FunctionServer server, String... fields) throws IOException {
    return RawHttp
      .exchange(server.port(), "GET /headers HTTP/1.1\nHost: x\n" + String.join("\n", fields) + "\n\n")
      .body();
  }

  @ParameterizedTest
  @CsvSource({"'203.0.113.9', 203.0.113.9", "'203.0.113.9, 10.1.2.3', 203.0.113.9",
      "'198.51.100.1, 203.0.113.9,10.1.2.3 , 10.3.2.1', 203.0.113.9",
      "'198.51.100.1,203.0.113.9,192.0.2.7,127.0.0.1,fd00:1::5', 203.0.113.9",
      "'10.9.9.9,192.0.2.8', 192.0.2.8", "'11.0.0.1', 11.0.0.1",
      "'2001:db8::1, fd00:1:7fff::1', 2001:db8:0:0:0:0:0:1", "'fd00:1:8000::1', fd00:1:8000:0:0:0:0:1",
      "'::ffff:203.0.113.9', 203.0.113.9"})
  void lastAddressThatIsNoProxys_isTheCallers(String forwarded, String address) throws IOException {
    assertThat(seen(BEHIND_PROXIES, "X-Forwarded-For: " + forwarded))
      .isEqualTo("{\"callerAddress\":\"" + address + "\"}");
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
      "X-Forwarded-For: 203.0.113.9,, 10.1.2.3", "X-Forwarded-For: 203.0.113.9:80",
      "callerAddress: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"})
  void whatNoProxyHasSaid_isNotKnown(String field) throws IOException {
    assertThat(seen(BEHIND_PROXIES, field)).isEqualTo("{}");
  }

  @Test
  void proxiesThatNobodyNamed_areNotBelieved() throws IOException {
    assertThat(seen(TRUSTING_NOBODY, "X-Forwarded-For: 203.0.113.9")).isEqualTo("{}");
  }
}
