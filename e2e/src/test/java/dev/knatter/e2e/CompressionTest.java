package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are compressed for who asks; tokens never are; bodies may not be. */
@OnLocal
final class CompressionTest {
  private final Deployment deployment;
  private final User ada;
  @AutoClose
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CompressionTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = deployment.once(Notes.class, Notes::write).ada();
  }

  /** Enough of them for a page that is worth it. */
  private record Notes(User ada) {
    static Notes write(Deployment deployment) {
      User ada = User.create(deployment);
      for (int i = 0; i < 5; i++) {
        ada.say(ada.name(), Secrets.text("note " + i) + "x".repeat(1_000));
      }
      return new Notes(ada);
    }
  }

  private HttpResponse<byte[]> get(String path, String accepted) throws Exception {
    return client.send(HttpRequest.newBuilder(deployment.pod(path).uri(path))
      .header("Authorization", "Bearer " + ada.token())
      .header("Accept-Encoding", accepted)
      .build(), BodyHandlers.ofByteArray());
  }

  private static String unzipped(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(response.headers().firstValue("Vary")).hasValueSatisfying(
        vary -> assertThat(vary).contains("Accept-Encoding"));
    return new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  @Inside // a gateway may compress by itself
  void page_isCompressedForWhoAsksAndForNobodyElse() throws Exception {
    HttpResponse<byte[]> page = get("/v1/messages", "gzip");
    assertThat(page.body()).hasSizeLessThan(3_000);
    assertThat(unzipped(page)).contains("\"messages\":[", "note 4");
    HttpResponse<byte[]> plain = get("/v1/messages", "gzip;q=0");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains("note 4").hasSizeGreaterThan(5_000);
    assertThat(get("/v1/messages", "identity;q=0").statusCode()).isEqualTo(406);
  }

  @Test
  void export_isCompressedAsItIsMade() throws Exception {
    assertThat(unzipped(get("/v1/me/export", "gzip"))).contains("note 0", "\"type\":\"end\"");
  }

  @Test
  @Inside
  void login_isNeverCompressed() throws Exception {
    HttpResponse<String> tokens = client.send(HttpRequest
      .newBuilder(deployment.pod("/v1/login").uri("/v1/login"))
      .header("Accept-Encoding", "gzip")
      .header("Content-Type", "application/x-www-form-urlencoded")
      .POST(HttpRequest.BodyPublishers
        .ofString(Request.post("/v1/login").form("username", ada.name(), "password", ada.password()).body()))
      .build(), BodyHandlers.ofString());
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(tokens.headers().firstValue("Content-Encoding")).isEmpty();
    deployment.secrets().add(new Answer(200, tokens.headers(), tokens.body()).text("refreshToken"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate"})
  void compressedBody_is415(String coding) {
    Answer answer = ada.exchange(User.message(Map.of("to", ada.name(), "content", "x"))
      .header("Content-Encoding", coding)
      .mistaken());
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
  }
}
