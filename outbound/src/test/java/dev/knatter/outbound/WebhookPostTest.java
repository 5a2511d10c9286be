package dev.knatter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.knatter.chat.webhook.DeliveryOutcome;
import dev.knatter.chat.webhook.DeliveryOutcome.Result;
import dev.knatter.chat.webhook.Webhook;
import dev.knatter.chat.webhook.WebhookRequest;
import dev.knatter.chat.webhook.WebhookSecret;
import dev.knatter.shared.Env;
import dev.knatter.testing.Receiver;
import dev.knatter.testing.Receiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests with real servers on this machine. */
final class WebhookPostTest {
  private static final Env DEVELOPMENT = Env
    .of(Map.of("KNATTER_WEBHOOKS_INSECURE", "true", "KNATTER_EVENTS_SOURCE", "/test"));
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final WebhookSecret SECRET = secret(1);
  private static final WebhookSecret OLD = secret(2);
  private static final String CONTENT = "Hello 👋 \"quoted\"";

  private final Receiver receiver = Receiver.http();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(receiver));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private static WebhookSecret secret(int first) {
    return WebhookSecret.of(ByteBuffer.wrap(new byte[32]).put(0, (byte) first));
  }

  private WebhookPost post() throws Exception {
    return post(DEVELOPMENT, CheckedResolver::system, SSLContext.getDefault(), Duration.ofSeconds(10));
  }

  private WebhookPost post(Env env, CheckedResolver.Lookup lookup, SSLContext tls, Duration longest) {
    WebhookPost post = new WebhookPost(env, Clock.systemUTC(), lookup, tls, longest);
    opened.add(post);
    return post;
  }

  private static WebhookRequest event(URI url) {
    Webhook webhook = new Webhook(UUID.randomUUID(), UUID.randomUUID(), url, Set.of(), null, null, SECRET,
        new TreeMap<>(Map.of(Instant.now().plusSeconds(60), OLD, Instant.now().minusSeconds(60), secret(3))),
        Instant.now(), null, null);
    return new WebhookRequest(webhook, "msg_1", "sent-1", "dev.knatter.message.sent.v1", UUID.randomUUID(),
        Instant.parse("2026-11-21T08:00:00Z"), Map.of("content", CONTENT));
  }

  private DeliveryOutcome send(WebhookPost post) {
    return post.send(event(receiver.url("/hook?x=1")));
  }

  @Test
  void event_isACloudEventThatTheStandardsLibraryVerifies() throws Exception {
    DeliveryOutcome outcome = send(post());

    assertThat(outcome.result()).isEqualTo(Result.DELIVERED);
    assertThat(outcome.status()).isEqualTo(204);
    Received request = receiver.received().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/hook?x=1");
    assertThat(request.header("webhook-id")).isEqualTo("msg_1");
    assertThat(request.header("Content-Type")).isEqualTo("application/cloudevents+json");
    assertThat(request.header("User-Agent")).isEqualTo("Knatter");
    assertThat(request.headers().keySet()).noneMatch(
        name -> Set.of("cookie", "authorization", "upgrade", "expect", "accept-encoding")
          .contains(name.toLowerCase(Locale.ROOT)));
    JsonNode event = JsonMapper.shared().readTree(request.body());
    assertThat(event.path("specversion").asString()).isEqualTo("1.0");
    assertThat(event.path("id").asString()).isEqualTo("sent-1");
    assertThat(event.path("source").asString()).isEqualTo("/test");
    assertThat(event.path("type").asString()).isEqualTo("dev.knatter.message.sent.v1");
    assertThat(event.path("time").asString()).isEqualTo("2026-11-21T08:00:00.000Z");
    assertThat(event.path("datacontenttype").asString()).isEqualTo("application/json");
    assertThat(event.path("data").path("content").asString()).isEqualTo(CONTENT);
    for (WebhookSecret signs : List.of(SECRET, OLD)) {
      assertThatCode(() -> verify(request, signs.text(), request.body())).doesNotThrowAnyException();
    }
    assertThat(request.header("webhook-signature").split(" ")).hasSize(2);
    assertThatThrownBy(() -> verify(request, secret(3).text(), request.body()))
      .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verify(request, SECRET.text(), request.body() + " "))
      .isInstanceOf(WebhookVerificationException.class);
  }

  private static void verify(Received request, String secret, String body) throws Exception {
    new com.standardwebhooks.Webhook(secret).verify(body, request.headers());
  }

  @Test
  void answer_isWhatFollows() throws Exception {
    WebhookPost post = post();
    receiver.answer(500);
    assertThat(send(post)).extracting(DeliveryOutcome::result, DeliveryOutcome::words)
      .containsExactly(Result.REFUSED, "The receiver answered 500.");
    receiver.answer(410);
    assertThat(send(post).result()).isEqualTo(Result.GONE);
    receiver.answer(200);
    assertThat(send(post).isDelivered()).isTrue();
    receiver.answer(401);
    assertThat(send(post).result()).isEqualTo(Result.REFUSED);
    assertThat(receiver.received()).as("each was sent once").hasSize(4);
  }

  @Test
  void redirect_isNotFollowed() throws Exception {
    try (Receiver other = Receiver.http()) {
      WebhookPost post = post();
      for (int status : List.of(301, 302, 303, 307, 308)) {
        receiver.answer(exchange -> {
          exchange.getResponseHeaders().set("Location", other.url("/").toString());
          exchange.sendResponseHeaders(status, -1);
        });
        assertThat(send(post)).extracting(DeliveryOutcome::result, DeliveryOutcome::status)
          .containsExactly(Result.REFUSED, status);
      }
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void endlessAnswer_isCutAndTheConnectionsAreFreeAgain() throws Exception {
    AtomicInteger cut = new AtomicInteger();
    receiver.answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        while (true) {
          body.write(new byte[8 * 1024]);
        }
      } catch (IOException e) {
        cut.incrementAndGet();
        throw e;
      }
    });
    WebhookPost post = post();
    for (int i = 0; i < 10; i++) { // more than the requests that one host may get at the same time
      assertThat(send(post).isDelivered()).isTrue();
    }
    await().until(() -> cut.get() == 10);
  }

  @Test
  void receiverThatTricklesOrIsSilent_isLeftWhenItsTimeIsOver() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch end = new CountDownLatch(1);
    receiver.answer(exchange -> {
      boolean silent = exchange.getRequestURI().toString().contains("silent");
      if (!silent) {
        exchange.sendResponseHeaders(200, 0);
      }
      while (!over.get()) {
        if (!silent) {
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
        }
        try {
          boolean _ = end.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          return;
        }
      }
    });
    WebhookPost post = post(DEVELOPMENT, CheckedResolver::system, SSLContext.getDefault(), SHORT);
    for (String path : List.of("/silent", "/trickles")) {
      DeliveryOutcome outcome = post.send(event(receiver.url(path)));
      assertThat(outcome.result()).as(path).isEqualTo(Result.NO_ANSWER);
      assertThat(outcome.words()).contains("in time");
      assertThat(outcome.latency()).isBetween(SHORT, SHORT.multipliedBy(5));
    }
    over.set(true);
    end.countDown();
  }

  @Test
  void slowReceiver_takesNoTurnOfAnother() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    receiver.answer(exchange -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.sendResponseHeaders(204, -1);
    });
    try (Receiver other = Receiver.http();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      WebhookPost post = post();
      List<Future<DeliveryOutcome>> slow = Stream.generate(() -> threads.submit(() -> send(post)))
        .limit(9)
        .toList();
      await().until(() -> receiver.received().size() == 8);
      assertThat(post.send(event(other.url("/"))).isDelivered()).isTrue();
      await().until(() -> slow.stream().anyMatch(Future::isDone));
      end.countDown();
      List<Result> results = new ArrayList<>();
      for (Future<DeliveryOutcome> each : slow) {
        results.add(each.get().result());
      }
      assertThat(results).containsOnlyOnce(Result.NOT_SENT)
        .filteredOn(Result.DELIVERED::equals)
        .hasSize(8);
    }
  }

  @Test
  void nameThatMeansAnotherAddressAMomentLater_reachesNothingInside() throws Exception {
    int port = receiver.url("/").getPort();
    AtomicInteger lookups = new AtomicInteger();
    // The first address is public, and nothing here can reach it. The next one is private.
    CheckedResolver.Lookup rebinding = _ -> new InetAddress[]{
        InetAddress.ofLiteral(lookups.incrementAndGet() == 1 ? "192.31.196.1" : "10.0.0.1")};
    WebhookPost post = post(DEVELOPMENT, rebinding, SSLContext.getDefault(), SHORT);
    URI url = URI.create("http://rebinding.example.com:" + port + "/");

    assertThat(post.send(event(url)).words()).doesNotContain("no public address");
    assertThat(lookups).as("one lookup an attempt: what was checked is what is called").hasValue(1);
    assertThat(post.send(event(url)).words()).contains("no public address");
    assertThat(lookups).hasValue(2);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void connection_goesToTheCheckedAddressAlone() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    WebhookPost post = post(DEVELOPMENT, _ -> {
      lookups.incrementAndGet();
      return new InetAddress[]{InetAddress.ofLiteral("127.0.0.1")};
    }, SSLContext.getDefault(), SHORT);
    int port = receiver.url("/").getPort();

    assertThat(post.send(event(URI.create("http://no-such-host.example.com:" + port + "/"))).isDelivered())
      .as("the system, which does not know the name, was not asked")
      .isTrue();
    assertThat(lookups).hasValue(1);
    assertThat(receiver.received().getFirst().header("Host")).isEqualTo("no-such-host.example.com:" + port);
  }

  @Test
  void nameOfWhichOneAddressIsInside_isNotCalled() throws Exception {
    WebhookPost post = post(DEVELOPMENT,
        _ -> new InetAddress[]{InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1")},
        SSLContext.getDefault(), SHORT);
    DeliveryOutcome outcome = post
      .send(event(URI.create("http://mixed.example.com:" + receiver.url("/").getPort() + "/")));
    assertThat(outcome.result()).isEqualTo(Result.NO_ANSWER);
    assertThat(outcome.words()).isEqualTo("The host of the URL has no public address.");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void unknownName_isAnsweredLikeOneOfInside() throws Exception {
    WebhookPost post = post(DEVELOPMENT, host -> {
      throw new UnknownHostException(host);
    }, SSLContext.getDefault(), SHORT);
    assertThat(post.send(event(URI.create("http://unknown.example.com/"))).words())
      .isEqualTo("The host of the URL has no public address.");
    assertThat(post.isReachable(URI.create("http://unknown.example.com/"))).isFalse();
  }

  @Test
  void lookupThatTakesTooLong_isNotWaitedFor() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    WebhookPost post = post(DEVELOPMENT, _ -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new InetAddress[0];
    }, SSLContext.getDefault(), SHORT);
    assertThat(post.send(event(URI.create("http://slow-dns.example.com/"))).result())
      .isEqualTo(Result.NO_ANSWER);
    never.countDown();
  }

  /** This also holds for a URL that was allowed when the webhook was created. */
  @Test
  void urlThatIsNotAllowed_isNotCalled() throws Exception {
    WebhookPost strict = post(Env.of(Map.of()), CheckedResolver::system, SSLContext.getDefault(), SHORT);
    DeliveryOutcome outcome = send(strict);
    assertThat(outcome.result()).isEqualTo(Result.NO_ANSWER);
    assertThat(outcome.words()).isEqualTo("The URL must begin with https://.");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void refusedConnection_isSaidInWords() throws Exception {
    URI nobody = receiver.url("/");
    receiver.close();
    assertThat(post().send(event(nobody)).words()).startsWith("The connection to the receiver failed");
  }

  @Test
  void tls_isOfATrustedServerOfThatName(@TempDir Path folder) throws Exception {
    Certificates good = Certificates.of("localhost", folder);
    Certificates other = Certificates.of("other.example.com", folder);
    try (Receiver https = Receiver.https(good.server()); Receiver named = Receiver.https(other.server())) {
      assertThat(secure(good).send(event(https.url("/"))).isDelivered()).isTrue();
      assertThat(secure(other).send(event(https.url("/"))).words()).contains("certificate");
      assertThat(secure(other).send(event(named.url("/"))).words()).contains("certificate");
      assertThat(https.received()).hasSize(1);
      assertThat(named.received()).isEmpty();
    }
  }

  private WebhookPost secure(Certificates trusted) {
    return post(DEVELOPMENT, CheckedResolver::system, trusted.trusting(), Duration.ofSeconds(10));
  }

  @Test
  void manyAtOnce_areAllDelivered() throws Exception {
    WebhookPost post = post();
    List<Callable<DeliveryOutcome>> sends = Stream
      .generate(() -> (Callable<DeliveryOutcome>) () -> send(post))
      .limit(200)
      .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(sends)).allMatch(each -> each.resultNow().isDelivered());
    }
    assertThat(receiver.received()).hasSize(200);
  }
}
