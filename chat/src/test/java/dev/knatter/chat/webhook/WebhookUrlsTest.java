package dev.knatter.chat.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookUrlsTest {
  private final WebhookUrls urls = WebhookUrls.from(Env.of(Map.of()));
  private final WebhookUrls development = WebhookUrls
    .from(Env.of(Map.of("KNATTER_WEBHOOKS_INSECURE", "true")));

  @ParameterizedTest
  @ValueSource(strings = {"https://hooks.example.com/", "https://hooks.example.com", "https://a.b.co/x?y=z",
      "HTTPS://HOOKS.Example.COM/Path", "https://hooks.example.com:443/", "https://xn--bcher-kva.example.de/",
      "https://1.2.3.4.example.com/", "https://example.com/%2e%2e//x", "https://123.example.com/"})
  void publicUrl_isAllowed(String url) {
    assertThat(urls.problem(url)).isEmpty();
    assertThat(development.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      // not https, or no URL
      "", " ", "hooks.example.com", "//hooks.example.com/", "http://hooks.example.com/",
      "ftp://hooks.example.com/",
      "file:///etc/passwd", "gopher://hooks.example.com/", "javascript:alert(1)", "https:", "https:/x",
      "https://", "https:///x", "https:hooks.example.com", "https://hooks.example.com /",
      "https://hooks.example.com/\r\nX: y", "https://hooks.example.com\\@evil.example.com/",
      "https://hö.example.com/",
      "https://ex%61mple.com/", "https://ex_ample.com/", "https://-.example.com/",
      // parts that a URL of a webhook does not have
      "https://user@hooks.example.com/", "https://user:secret@hooks.example.com/", "https://@example.com/",
      "https://hooks.example.com/#part", "https://hooks.example.com/#", "https://hooks.example.com:8443/",
      "https://hooks.example.com:80/", "https://hooks.example.com:0/", "https://hooks.example.com:6379/",
      // addresses in all spellings
      "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/",
      "https://0177.0.0.1/", "https://017700000001/", "https://127.0.0.1./", "https://10.0.0.1/",
      "https://169.254.169.254/latest/meta-data/", "https://1.1.1.1/", "https://[::1]/", "https://[::]/",
      "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/",
      "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[fd00:ec2::254]/",
      "https://[fe80::1%25eth0]/", "https://[2606:4700:4700::1111]/", "https://①②⑦.0.0.1/",
      "https://127。0。0。1/",
      "https://example.0x7f/", "https://example.1/",
      // names of inside
      "https://localhost/", "https://localhost./", "https://api.localhost/", "https://redis/",
      "https://redis./",
      "https://kubernetes.default.svc/", "https://kubernetes.default.svc./",
      "https://redis.knatter.svc.cluster.local/", "https://REDIS.KNATTER.SVC.CLUSTER.LOCAL/",
      "https://metadata.google.internal/", "https://printer.local/", "https://router.home.arpa/",
      "https://hooks.example.com./", "https://hooks..example.com/", "https://.example.com/"})
  void anyOtherUrl_isNot(String url) {
    assertThat(urls.problem(url)).as(url).isPresent();
  }

  @Test
  void longUrl_isNot() {
    String longest = "https://hooks.example.com/" + "x".repeat(998);
    assertThat(urls.problem(longest)).isEmpty();
    assertThat(urls.problem(longest + "x")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/", "http://localhost:8080/x", "https://localhost:8443/",
      "http://hooks.example.com/", "https://hooks.example.com:8443/"})
  void inDevelopment_httpAndThisMachineAreAllowed(String url) {
    assertThat(urls.problem(url)).isPresent();
    assertThat(development.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.1:8080/", "http://2130706433/", "http://[::1]/", "http://10.0.0.1/",
      "http://redis:6379/", "http://redis.knatter.svc.cluster.local/", "http://169.254.169.254/",
      "ftp://localhost/",
      "http://user@localhost/"})
  void inDevelopment_othersAreNot(String url) {
    assertThat(development.problem(url)).as(url).isPresent();
  }

  @Test
  void addressOfADevice_isAWebhookWhereItIsAUrl() {
    assertThat(urls.isWebhook("https://hooks.example.com/")).isTrue();
    assertThat(urls.isWebhook("https://10.0.0.1/")).as("and not an allowed one").isTrue();
    assertThat(urls.isWebhook("http://hooks.example.com/")).isFalse();
    assertThat(urls.isWebhook("fcm:dGVsZXBob25l")).isFalse();
    assertThat(urls.isWebhook("https:")).isFalse();
    assertThat(development.isWebhook("http://localhost:1/")).isTrue();
  }

  @Test
  void switchThatIsNone_stopsTheStart() {
    assertThatThrownBy(() -> WebhookUrls.from(Env.of(Map.of("KNATTER_WEBHOOKS_INSECURE", "yes"))))
      .hasMessageContaining("KNATTER_WEBHOOKS_INSECURE");
  }
}
