package dev.knatter.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import dev.knatter.adapter.event.PlainHttp;
import dev.knatter.chat.webhook.DeliveryOutcome;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to URLs that strangers have chosen. Each request resolves the host again, connects to a checked address, and has a
 * time limit for everything together. No answer of a receiver leads to another request: there are no redirects, no
 * authentication and no cookies.
 */
final class OutboundHttp implements AutoCloseable {
  private static final Timeout CONNECT = Timeout.ofSeconds(3);
  /** How long a request waits for a free connection. After that it is not sent. */
  private static final Timeout TURN = Timeout.ofSeconds(3);
  private static final int MAX_REQUESTS = 256;
  private static final int MAX_REQUESTS_OF_A_HOST = 8;
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 100;

  private final Duration longest;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
      Thread.ofPlatform().daemon().name("outbound-timer").factory());

  /**
   * @param tls     the authorities that are trusted to sign the certificate of a server
   * @param longest the longest time that a request may take, with everything
   */
  OutboundHttp(CheckedResolver resolver, SSLContext tls, Duration longest) {
    this.longest = longest;
    timer.setRemoveOnCancelPolicy(true);
    client = PlainHttp.builder()
      .setConnectionManager(connections(resolver, tls, Timeout.of(longest)))
      .setDefaultRequestConfig(RequestConfig.custom()
        .setConnectionRequestTimeout(TURN)
        .setResponseTimeout(Timeout.of(longest))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .setExpectContinueEnabled(false)
        .build())
      .setRoutePlanner(new DefaultRoutePlanner(null)) // never through a proxy, which would resolve the name itself
      .setConnectionReuseStrategy((_, _, _) -> false)
      .setUserAgent("Knatter")
      .build();
  }

  private static PoolingHttpClientConnectionManager connections(CheckedResolver resolver, SSLContext tls,
      Timeout longest) {
    return PoolingHttpClientConnectionManagerBuilder.create()
      .setDnsResolver(resolver)
      .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls)) // it checks the name in the certificate
      .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
        .http1Config(
            Http1Config.custom().setMaxLineLength(MAX_LINE).setMaxHeaderCount(MAX_HEADERS).build())
        .build())
      .setDefaultConnectionConfig(
          ConnectionConfig.custom().setConnectTimeout(CONNECT).setSocketTimeout(longest).build())
      .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(longest).build())
      .setMaxConnTotal(MAX_REQUESTS)
      .setMaxConnPerRoute(MAX_REQUESTS_OF_A_HOST)
      .build();
  }

  /** Sends a POST and returns its outcome. */
  DeliveryOutcome post(URI url, Map<String, String> headers, ContentType type, byte[] body) {
    HttpPost request = new HttpPost(url);
    request.setEntity(new ByteArrayEntity(body, type));
    headers.forEach(request::setHeader);
    long began = System.nanoTime();
    Future<?> end = timer.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int status = exchange(request, HttpHost.create(url));
      return DeliveryOutcome.answered(status, since(began));
    } catch (ConnectionRequestTimeoutException e) {
      return DeliveryOutcome.notSent("Too many events are being sent at this moment.");
    } catch (IOException e) {
      return DeliveryOutcome.unanswered(words(e, end.isDone()), since(began));
    } finally {
      end.cancel(/* mayInterruptIfRunning= */ false);
      request.cancel(); // closes the connection without reading the rest of an answer
    }
  }

  private int exchange(HttpPost request, HttpHost target) throws IOException {
    @SuppressWarnings("resource") // closing it would read the answer to its end; the request is cancelled instead
    ClassicHttpResponse response = client.executeOpen(target, request, HttpClientContext.create());
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      @SuppressWarnings("resource")
      InputStream content = entity.getContent();
      byte[] _ = content.readNBytes(MAX_ANSWER); // a receiver may stop its work if the client does not read
    }
    return response.getCode();
  }

  private String words(IOException failure, boolean timeIsOver) {
    if (timeIsOver || failure instanceof InterruptedIOException) {
      return "The receiver did not answer in time: it has " + longest.toSeconds() + " seconds.";
    }
    return switch (failure) {
      case UnknownHostException _ -> "The host of the URL has no public address.";
      case SSLException _ -> "The receiver's certificate is not valid for its name, or nobody trusts it.";
      default -> "The connection to the receiver failed, or it answered something that is not HTTP.";
    };
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
