package dev.knatter.functions.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as browsers get it. It needs no store, so there is none here. */
final class WebTest {
  private static final int MOST_BYTES = 100 * 1024;
  /** What comes with each answer besides its body, rounded up. */
  private static final int HEAD_BYTES = 512;
  private static final Pattern URL = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("\\bfrom ?['\"]([^'\"]+)['\"]");

  @AutoClose
  private static final FunctionServer SERVER = start(Map.of());
  @AutoClose
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static FunctionServer start(Map<String, String> env) {
    return FunctionServer.start(ServerOptions.from(_ -> null).withHost("127.0.0.1").withPort(0), () -> true,
        WebEndpoints.endpoints(Env.of(env)));
  }

  private static HttpResponse<byte[]> get(FunctionServer server, String path, String... headers) {
    HttpRequest.Builder request = HttpRequest
      .newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) {
    return get(SERVER, path, headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String page() {
    return text(get("/"));
  }

  /** The addresses in a page, each once. */
  private static List<String> loaded(String page) {
    return URL.matcher(page).results().map(match -> match.group(1)).distinct().toList();
  }

  @Test
  void page_forABrowser_isHtmlThatNoOtherPageCanFrameOrReach() {
    HttpResponse<byte[]> response = get("/", "Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(response, "Content-Security-Policy").split("; ")).contains("default-src 'none'",
        "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "style-src 'self'",
        "connect-src 'self'", "require-trusted-types-for 'script'")
      .noneMatch(directive -> directive.contains("unsafe") || directive.contains("*")
          || directive.contains("data:"));
  }

  @Test
  void page_hasNoInlineScriptOrStyleButTheImportMap_whichThePolicyNames() throws Exception {
    HttpResponse<byte[]> response = get("/");
    List<String> inline = Pattern.compile("<script(?![^>]*src=)[^>]*>([^<]*)</script>")
      .matcher(text(response))
      .results()
      .map(match -> match.group(1))
      .toList();

    assertThat(inline).hasSize(1);
    byte[] hash = MessageDigest.getInstance("SHA-256")
      .digest(inline.getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(header(response, "Content-Security-Policy"))
      .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
    assertThat(text(response)).doesNotContain("<style", " style=", " onclick=", "javascript:", "{{");
  }

  @Test
  void file_ofThePage_isKeptForEverByItsHash() {
    assertThat(loaded(page())).hasSizeGreaterThan(10).allSatisfy(path -> {
      HttpResponse<byte[]> response = get(path, "Accept", "image/avif,image/*");
      assertThat(path).matches("/assets/[a-z]+\\.[0-9a-f]{12}\\.(js|css|svg)");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Content-Type")).isEqualTo(path.endsWith(".js")
          ? "text/javascript; charset=utf-8"
          : path.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml");
    });
  }

  /** Whatever a module imports is in the import map, and so preloaded: no file waits for another. */
  @Test
  void module_importsOnlyWhatThePagePreloads() {
    String page = page();
    for (String path : loaded(page)) {
      IMPORT.matcher(path.endsWith(".js") ? text(get(path)) : "")
        .results()
        .map(match -> match.group(1).replaceFirst("^\\./", "/assets/"))
        .forEach(specifier -> assertThat(page).as(path + " imports " + specifier)
          .contains("\"" + specifier + "\":\"/assets/"));
    }
  }

  @Test
  void firstLoad_compressed_isAtMost100KiB() throws IOException {
    TreeSet<String> paths = new TreeSet<>(loaded(page()));
    paths.add("/");
    paths.add("/worker.js");
    int bytes = 0;
    for (String path : paths) {
      HttpResponse<byte[]> response = get(path, "Accept-Encoding", "gzip, br");
      bytes += response.body().length + HEAD_BYTES;
      if (header(response, "Content-Encoding").equals("gzip")) {
        assertThat(header(response, "Vary")).contains("Accept-Encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
          .isEqualTo(get(path).body());
      }
    }
    assertThat(bytes).isBetween(MOST_BYTES / 4, MOST_BYTES);
  }

  @Test
  void page_thatIsKnownByItsTag_is304WithItsPolicy() {
    for (String path : List.of("/", "/worker.js")) {
      HttpResponse<byte[]> first = get(path);
      HttpResponse<byte[]> again = get(path, "If-None-Match", header(first, "ETag"));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
      assertThat(header(again, "Content-Security-Policy"))
        .isEqualTo(header(first, "Content-Security-Policy"));
      assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void worker_keepsEveryFileOfThePage() {
    String worker = text(get("/worker.js"));
    assertThat(loaded(page())).allSatisfy(path -> assertThat(worker).contains("\"" + path + "\""));
    assertThat(worker).doesNotContain("{{");
  }

  @Test
  void page_withAnyQuery_isThePage() {
    assertThat(get("/?utm_source=x&utm_source=%20").body()).isEqualTo(get("/").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/nothing", "/v1", "/v1/send", "/nothing", "/index.html", "/assets/main.js",
      "/assets/main.000000000000.js", "/assets/..%2fweb%2ffiles", "/assets/", "//", "/web/index.html",
      "/dev/knatter/functions/web/Site.class"})
  void anythingElse_is404AndNotThePage(String path) {
    HttpResponse<byte[]> response = get(path, "Accept", "text/html");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(text(response)).contains("urn:knatter:problem:not-found");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void outsideIssuer_isNamedInThePageAndMayBeCalled() {
    try (FunctionServer server = start(
        Map.of("KNATTER_OIDC_CLIENT_ID", "chat \"page\" <&>", "KNATTER_OIDC_ISSUER",
            "https://id.example.com/realms/team"))) {
      HttpResponse<byte[]> response = get(server, "/");
      assertThat(header(response, "Content-Security-Policy"))
        .contains("connect-src 'self' https://id.example.com;");
      assertThat(text(response))
        .contains("content=\"{&quot;issuer&quot;:&quot;https://id.example.com/realms/team&quot;,"
            + "&quot;clientId&quot;:&quot;chat \\&quot;page\\&quot; &lt;&amp;>&quot;,&quot;scope&quot;:&quot;openid&quot;}\"");
    }
    assertThat(page()).contains("name=\"knatter-sign-in\" content=\"\"");
  }
}
