package dev.knatter.local.broker;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.http.Capacity;
import dev.knatter.adapter.http.HttpServer;
import dev.knatter.adapter.http.ServerLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker for development. It takes CloudEvents by {@code POST} at {@code /namespace/name} of the loopback interface, and
 * delivers them to Triggers by the rules of Knative's MTChannelBasedBroker. If a Trigger asks for it, it delivers in order,
 * as Knative's Kafka broker does.
 *
 * <p>It keeps events in memory only. When the process ends, the events that were not delivered are lost.
 *
 * <p>It answers 202 for an event that it has accepted, 400 for a request that is not a CloudEvent, 404 at another path, 405
 * for another method, 413 above 1 MiB, and 503 while too many events wait.
 */
public final class InMemoryBroker implements AutoCloseable {
  static final int TAKEN = 202;
  static final int NOT_TAKEN = 400;
  static final int FULL = 503;

  private static final Logger log = LoggerFactory.getLogger(InMemoryBroker.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final long MEMORY = 64L << 20;
  private static final ServerLimits LIMITS = new ServerLimits(/* concurrent= */ 256, /* waiting= */ 0,
      /* bufferedBytes= */ 16L << 20, /* idle= */ Duration.ofSeconds(120), /* head= */ Duration.ofSeconds(10),
      /* body= */ Duration.ofSeconds(30), /* stop= */ Duration.ofSeconds(2));

  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("delivery-", 0).factory());
  private final List<TriggerDeliveries> triggers = new CopyOnWriteArrayList<>();
  private final MemoryLimit memory;
  private final RetryingSender sender;
  private final Clock clock;
  private final HttpServer server;
  private final URI uri;

  InMemoryBroker(int port, String path, long maxBytes, RetryingSender.Pause pause, Clock clock) {
    this.memory = new MemoryLimit(maxBytes);
    this.sender = new RetryingSender(pause);
    this.clock = clock;
    this.server = new HttpServer(LOOPBACK, port, LIMITS, new Capacity(LIMITS), new Ingress(path, this::take));
    this.uri = URI.create("http://" + LOOPBACK + ":" + server.port() + path);
  }

  /**
   * Starts a broker without Triggers: it takes events and delivers them to nobody.
   *
   * @param port the port, or 0 for any free one
   * @param path {@code /namespace/name}
   * @throws java.io.UncheckedIOException if the port is in use
   */
  public static InMemoryBroker start(int port, String path) {
    return new InMemoryBroker(port, path, MEMORY, Thread::sleep, Clock.systemUTC());
  }

  /** Returns the address at which it takes events: the value of {@code K_SINK}. */
  public URI uri() {
    return uri;
  }

  /** From now on, the broker also delivers matching events to the subscriber of this Trigger. */
  public void subscribe(Trigger trigger) {
    triggers.add(new TriggerDeliveries(trigger, uri, sender, threads));
  }

  private int take(Event event) {
    Optional<Event> arrived = Attributes.arrived(event, clock.instant());
    return arrived.map(this::queue).orElse(NOT_TAKEN);
  }

  private int queue(Event event) {
    List<TriggerDeliveries> matching = triggers.stream().filter(trigger -> trigger.matches(event)).toList();
    if (matching.isEmpty()) {
      return TAKEN;
    }
    if (!memory.take(event)) {
      return FULL;
    }
    AtomicInteger open = new AtomicInteger(matching.size());
    matching.forEach(trigger -> trigger.add(event, () -> {
      if (open.decrementAndGet() == 0) {
        memory.release(event);
      }
    }));
    return TAKEN;
  }

  /** Stops taking events, and drops the events that are not delivered. */
  @Override
  public void close() {
    server.close();
    if (memory.events() > 0) {
      log.warn("{} events were not delivered, and are lost", memory.events());
    }
    threads.shutdownNow();
    sender.close();
    threads.close();
  }
}
