package dev.knatter.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;

import dev.knatter.adapter.json.Json;
import dev.knatter.chat.webhook.DeliveryOutcome;
import dev.knatter.chat.webhook.WebhookRequest;
import dev.knatter.chat.webhook.WebhookSender;
import dev.knatter.chat.webhook.WebhookSignature;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.shared.Env;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * Posts events to webhooks as CloudEvents 1.0 in structured mode, signed by the rules of Standard Webhooks 1.0.0. The
 * signature covers webhook-id, webhook-timestamp and the body, and no other header. In structured mode the whole event is
 * in the body, so the signature covers all of it.
 */
public final class WebhookPost implements WebhookSender, AutoCloseable {
  private static final ContentType STRUCTURED = ContentType.create("application/cloudevents+json");
  private static final String JSON = "application/json";

  private final Clock clock;
  private final String source;
  private final WebhookUrls urls;
  private final CheckedResolver resolver;
  private final OutboundHttp http;
  private final Json json = new Json();

  /** A CloudEvent in JSON (CloudEvents JSON format 1.0 §3). */
  private record EventJson(String specversion, String id, String source, String type, @Nullable UUID subject,
      Instant time, String datacontenttype, Object data) {}

  WebhookPost(Env env, Clock clock, CheckedResolver.Lookup lookup, SSLContext tls, Duration longest) {
    this.clock = clock;
    this.source = env.get("KNATTER_EVENTS_SOURCE", "/knatter");
    this.urls = WebhookUrls.from(env);
    this.resolver = new CheckedResolver(AllowedAddresses.from(env, urls.insecure()), lookup);
    this.http = new OutboundHttp(resolver, tls, longest);
  }

  /** Opens a sender with the name servers of this machine and the authorities that the JDK trusts. */
  public static WebhookPost open(Env env, Clock clock) {
    try {
      return new WebhookPost(env, clock, CheckedResolver::system, SSLContext.getDefault(), LONGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has one
    }
  }

  @Override
  public DeliveryOutcome send(WebhookRequest request) {
    URI url = request.webhook().url();
    Optional<String> problem = urls.problem(url.toString());
    if (problem.isPresent()) {
      return DeliveryOutcome.unanswered("The URL " + problem.get() + ".", Duration.ZERO);
    }
    byte[] body = json.write(new EventJson("1.0", request.eventId(), source, request.type(),
        request.subject(), request.time(), JSON, request.data()));
    Instant now = clock.instant();
    return http.post(url,
        Map.of("webhook-id", request.deliveryId(), "webhook-timestamp", Long.toString(now.getEpochSecond()),
            "webhook-signature",
            WebhookSignature.of(request.webhook().signers(now), request.deliveryId(), now, body)),
        STRUCTURED, body);
  }

  /** Whether the host of a URL has addresses now and the product may call all of them. */
  public boolean isReachable(URI url) {
    try {
      InetAddress[] _ = resolver.resolve(url.getHost());
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
    resolver.close();
  }
}
