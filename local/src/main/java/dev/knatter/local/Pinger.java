package dev.knatter.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a function as a Knative PingSource does, until it is closed. */
record Pinger(Thread thread) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pinger.class);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** @param function the address at which it takes events */
  static Pinger start(Ping ping, URI function, Clock clock) {
    return new Pinger(
        Thread.ofVirtual().name("ping-" + ping.function()).start(() -> run(ping, function, clock)));
  }

  private static void run(Ping ping, URI function, Clock clock) {
    try (EventSender sender = new EventSender(TIMEOUT)) {
      while (true) {
        Thread.sleep(ping.untilNext(clock.instant()));
        call(sender, ping, function, clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void call(EventSender sender, Ping ping, URI function, Instant now) {
    try {
      int status = sender.send(function, event(ping, now)).status();
      if (status >= 300) {
        log.warn("{} answered a ping with {}; the next one tries again", ping.function(), status);
      }
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        return; // the pinger is being closed
      }
      log.warn("{} did not answer a ping; the next one tries again", ping.function(), e);
    }
  }

  private static Event event(Ping ping, Instant now) {
    return new Event(Map.of("specversion", "1.0", "id", UUID.randomUUID().toString(),
        "source", "/local/pingsources/" + ping.function(), "type", "dev.knative.sources.ping",
        "time", now.toString(), "datacontenttype", "application/json"),
        ping.data().getBytes(StandardCharsets.UTF_8));
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
