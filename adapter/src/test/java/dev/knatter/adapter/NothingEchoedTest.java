package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The word that stands in every place of a bad request comes back in none of the answer. A field's name alone may. */
final class NothingEchoedTest {
  private static final String WORD = "canary";
  private static final String JSON = " HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n";

  @AutoClose
  private static final FunctionServer SERVER = Samples
    .serve(Samples.options().withOrigins(List.of("https://a.example")));

  @ParameterizedTest
  @ValueSource(strings = {"GET /canary HTTP/1.1\nHost: x\n\n", "CANARY /notes HTTP/1.1\nHost: x\n\n",
      "GET /notes/a?x=canary HTTP/1.1\nHost: x\n\n", "GET /notes/a?limit=canary HTTP/1.1\nHost: x\n\n",
      "GET /canary%zz HTTP/1.1\nHost: x\n\n", "GET /notes/a HTTP/canary\n\n",
      "GET /notes/a HTTP/1.1\nHost: can ary/canary\n\n",
      "GET /notes/a HTTP/1.1\nHost: x\ncanary\n\n",
      "GET /notes/a HTTP/1.1\nHost: x\nAccept: canary/canary\n\n",
      "GET /canary HTTP/1.1\nHost: x\nOrigin: https://canary.example\n\n",
      "OPTIONS /notes HTTP/1.1\nHost: x\nOrigin: https://canary.example\nAccess-Control-Request-Method: CANARY\n"
          + "Access-Control-Request-Headers: canary\n\n",
      "GET /notes/canary/ HTTP/1.1\nHost: canary\nAuthorization: Bearer canary\nIdempotency-Key: canary\nce-id: canary\n"
          + "traceparent: canary\nCookie: canary\nX-Canary: canary\n\n",
      "DELETE /notes/canary HTTP/1.1\nHost: canary\nAuthorization: Bearer canary\nIdempotency-Key: canary\nce-id: canary\n\n",
      "POST /notes HTTP/1.1\nHost: x\nContent-Type: canary/canary\nContent-Length: 6\n\ncanary",
      "POST /notes HTTP/1.1\nHost: x\nExpect: canary\nContent-Length: 6\n\ncanary",
      "POST /notes HTTP/1.1\nHost: x\nTransfer-Encoding: canary\n\ncanary",
      "POST /notes HTTP/1.1\nHost: x\nContent-Length: canary\n\ncanary",
      "POST /notes" + JSON + "canary\n", "POST /notes" + JSON + "6\ncanary\n0\n\n",
      "POST /notes" + JSON + "f\n{\"x\":\"canary\"}\n\n0\n\n",
      "POST /notes" + JSON + "13\n{\"title\":[\"canary\"]}\n0\n\n",
      "POST /notes" + JSON + "1d\n{\"stars\":1,\"color\":\"canary\"} \n0\n\n",
      "POST /notes" + JSON + "1d\n{\"labels\":{\"canary\":[\"canary\"\n0\n\n",
      "POST /notes" + JSON + "19\n{\"labels\":{\"canary\":[1]}} \n0\n\n",
      "POST /notes" + JSON + "1b\n{\"canary\":1,\"canary\":1}    \n0\n\n",
      "POST /notes" + JSON + "1a\n{\"author\":{\"x\":\"canary\"}}  \n0\n\n"})
  void word_isNowhereInTheAnswer(String request) throws IOException {
    RawHttp.Reply reply = RawHttp.exchange(SERVER.port(), request);
    assertThat(reply.status()).isGreaterThanOrEqualTo(204);
    assertThat((reply.headers() + reply.body()).toLowerCase(java.util.Locale.ROOT)).doesNotContain(WORD);
  }
}
