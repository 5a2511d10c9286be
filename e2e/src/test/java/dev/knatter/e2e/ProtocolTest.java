package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.RawConnection;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP itself, where a request is not one of ours. */
@OnLocal
final class ProtocolTest {
  private static final int MOST = 1 << 20;

  private final Deployment deployment;
  private final User ada;

  ProtocolTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = deployment.once(User.class, User::create);
  }

  @ParameterizedTest
  @CsvSource({"GET,/v1/send", "PUT,/v1/send", "DELETE,/v1/register", "PATCH,/v1/login", "POST,/v1/messages",
      "HEAD,/v1/send"})
  void request_byAnotherMethod_is405AndSaysWhich(String method, String path) {
    Answer answer = Client.exchange(deployment, Request.of(method, path).bearer(ada.token()).mistaken());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isNotEmpty().doesNotContain(method.equals("HEAD") ? "GET" : method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "/v1/send/", "/v1/sen", "/v1/send/x", "/V1/send", "/v1//send",
      "/v1/users", "/v1/users/ada/x", "/v1/me/", "/v1/messages/", "/healthz/"})
  @Inside // a cluster gives us our paths alone
  void request_ofAnotherPath_is404(String path) {
    Answer answer = Client.exchange(deployment, Request.get(path).bearer(ada.token()).mistaken());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "application/json;q=0"})
  void request_thatDoesNotAcceptJson_is406(String accept) {
    Answer answer = ada.exchange(User.reading().header("Accept", accept).mistaken());
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.problem()).isEqualTo("not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x",
      "application/json; charset=utf-16"})
  void request_withABodyOfAnotherType_is415(String type) {
    Answer answer = ada
      .exchange(message(Secrets.text("x")).body(type, message(Secrets.text("x")).body()).mistaken());
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.problem()).isEqualTo("unsupported-media-type");
  }

  @Test
  @Inside
  void request_withABodyOfUnknownLength_is411() {
    try (RawConnection connection = RawConnection.to(deployment.pod("/v1/send"))) {
      Request request = Request.post("/v1/send")
        .bearer(ada.token())
        .header("Content-Type", "application/json")
        .mistaken();
      assertThat(connection.exchange(request).status()).isEqualTo(411);
    }
  }

  /** Nothing of the body is sent: it is refused for what its head says. */
  @Test
  @Inside
  void request_withALargerBodyThanAllowed_is413BeforeItIsRead() {
    try (RawConnection connection = RawConnection.to(deployment.pod("/v1/send"))) {
      Request request = Request.post("/v1/send")
        .bearer(ada.token())
        .header("Content-Type", "application/json")
        .header("Content-Length", Integer.toString(MOST + 1))
        .mistaken();
      Answer answer = connection.exchange(request);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem()).isEqualTo("too-large");
    }
  }

  @Test
  @Inside
  void request_inChunks_isRead() {
    Request request = message(Secrets.text("in chunks"));
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    try (RawConnection connection = RawConnection.to(deployment.pod("/v1/send"))) {
      connection.write(Request.post("/v1/send")
        .bearer(ada.token())
        .header("Content-Type", "application/json")
        .header("Transfer-Encoding", "chunked"));
      for (byte one : body) {
        connection.write(new byte[]{'1', '\r', '\n', one, '\r', '\n'});
      }
      connection.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.answer(request.bearer(ada.token())).status()).isEqualTo(201);
    }
  }

  @Test
  @Inside
  void connection_afterErrors_goesOn() {
    try (RawConnection connection = RawConnection.to(deployment.pod("/v1/messages"))) {
      assertThat(connection.exchange(User.reading().mistaken()).status()).isEqualTo(401);
      assertThat(connection.exchange(User.reading("limit", "0").bearer(ada.token()).mistaken()).status())
        .isEqualTo(400);
      assertThat(connection.exchange(User.reading("with", User.freeName()).bearer(ada.token())).status())
        .isEqualTo(404);
      assertThat(connection.exchange(User.reading().bearer(ada.token())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with=%zz", "with=%", "with=%ED%A0%80", "with=%C3", "=x"})
  @Inside
  void request_withABrokenQuery_is400(String query) {
    try (RawConnection connection = RawConnection.to(deployment.pod("/v1/messages"))) {
      connection
        .write(("GET /v1/messages?" + query + " HTTP/1.1\r\nHost: e2e\r\nAuthorization: Bearer " + ada.token()
            + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      Answer answer = connection.answer(User.reading().mistaken());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("invalid-request");
    }
  }

  @Test
  void answer_neverRepeatsTheRequest() {
    String marker = "marker-of-this-request";
    Request request = User.reading(marker, marker)
      .header("X-Marker", marker)
      .header("traceparent", marker)
      .header("ce-id", marker)
      .mistaken();
    Answer answer = ada.exchange(request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().map().toString()).doesNotContain(marker);
    assertThat(answer.text("detail") + answer.text("title") + answer.json().at("/errors/0/detail"))
      .doesNotContain(marker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/metrics"})
  @Inside
  void pathForMachines_byAnotherMethod_is405(String path) {
    Answer answer = Client.exchange(deployment, Request.of("DELETE", path).mistaken());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isNotEmpty().doesNotContain("DELETE");
  }

  @Test
  @Inside
  void healthz_whenEverythingWorks_is200() {
    Answer answer = Client.exchange(deployment, Request.get("/healthz"));
    assertThat(answer.status()).isEqualTo(200);
  }

  private Request message(String content) {
    return User.message(Map.of("to", ada.name(), "content", content));
  }
}
