package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallerHeadersTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply get(String fields) throws IOException {
    return RawHttp.exchange(SERVER.port(), "GET /headers HTTP/1.1\nHost: x\n" + fields + "\n");
  }

  @Test
  void listedFields_reachTheFunctionUnderTheirNames() throws IOException {
    assertThat(get("""
        authorization: Bearer a.b.c
        IDEMPOTENCY-KEY: "k"
        if-match: "1"
        If-None-Match: *
        Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
        tracestate: a=b
        last-event-id: 7
        origin: https://a.example
        cookie: a=b
        cookie: c=d
        content-type: text/plain; charset=utf-8
        """).body()).isEqualTo("{\"Authorization\":\"Bearer a.b.c\",\"Content-Type\":\"text/plain\","
        + "\"Cookie\":\"a=b; c=d\",\"Idempotency-Key\":\"\\\"k\\\"\",\"If-Match\":\"\\\"1\\\"\","
        + "\"If-None-Match\":\"*\",\"Last-Event-ID\":\"7\",\"Origin\":\"https://a.example\","
        + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\",\"tracestate\":\"a=b\"}");
  }

  @Test
  void otherFields_doNot() throws IOException {
    assertThat(get("""
        statusCode: 500
        contentType: text/html
        scf-func-name: other
        spring.cloud.function.definition: a|b
        spring.cloud.function.routing-expression: 1
        payload: [1,2]
        id: 1
        ce-id: 1
        X-Forwarded-For: 10.0.0.1
        """).body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Idempotency-Key", "If-Match", "If-None-Match", "traceparent",
      "tracestate",
      "Last-Event-ID", "Origin"})
  void repeatedField_is400(String name) throws IOException {
    assertThat(get(name + ": a\n" + name.toUpperCase(java.util.Locale.ROOT) + ": a\n").status())
      .isEqualTo(400);
  }
}
