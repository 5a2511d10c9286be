package dev.knatter.local;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Calls a function as a Knative PingSource does, until it is closed. */
record Pinger(Thread thread) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pinger.class);
  private static final Json JSON = new Json();

  static <I> Pinger start(Ping ping, Endpoint<I> endpoint, Clock clock) {
    return new Pinger(
        Thread.ofVirtual().name("ping-" + ping.function()).start(() -> run(ping, endpoint, clock)));
  }

  private static <I> void run(Ping ping, Endpoint<I> endpoint, Clock clock) {
    try {
      while (true) {
        Thread.sleep(ping.untilNext(clock.instant()));
        call(ping, endpoint, clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <I> void call(Ping ping, Endpoint<I> endpoint, Instant now) {
    try {
      I data = JSON.bind(JSON.tree(ping.data().getBytes(StandardCharsets.UTF_8)), endpoint.route().input());
      Message<?> answer = endpoint.function().apply(new GenericMessage<>(data, headers(ping, now)));
      if (answer.getHeaders().get("statusCode") instanceof Integer status && status >= 300) {
        log.warn("{} answered a ping with {}; the next one tries again", ping.function(), status);
      }
    } catch (RuntimeException e) {
      log.warn("{} failed on a ping; the next one tries again", ping.function(), e);
    }
  }

  private static Map<String, Object> headers(Ping ping, Instant now) {
    return Map.of("ce-id", UUID.randomUUID().toString(), "ce-source", "/local/pingsources/" + ping.function(),
        "ce-type", "dev.knative.sources.ping", "ce-time", now.toString());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
