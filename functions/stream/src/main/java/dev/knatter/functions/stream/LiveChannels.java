package dev.knatter.functions.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.stream.Channels;
import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.Publication;
import dev.knatter.chat.live.BellMessage;
import dev.knatter.chat.live.BellMessage.Reference;
import dev.knatter.chat.live.Channel;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.Topics;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.token.Identity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of the connections that this process holds. They hear the bell; and because Redis promises nothing, this class also
 * does by itself, once a second, what is due:
 * <ul>
 * <li>it wakes each connection to look into the inbox: every 12 s, or every 2 s while its channel is not heard
 * <li>it ends connections whose session has ended, as the store says: within 5 s, also with Redis away
 * <li>it ends connections whose end slot has begun
 * </ul>
 */
final class LiveChannels implements Channels, MeterBinder, AutoCloseable {
  private static final long TICK_MILLIS = 1_000;
  private static final Duration HEARD = Duration.ofSeconds(12);
  private static final Duration NOT_HEARD = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(LiveChannels.class);

  private final Topics topics;
  private final Clock clock;
  private final RandomGenerator random;
  private final ExpectedSessions sessions;
  private final Set<Place> places = ConcurrentHashMap.newKeySet();
  private final ToldMessages told = new ToldMessages();
  private final CountDownLatch stopped = new CountDownLatch(1);

  LiveChannels(Topics topics, HeldGuard guard, Clock clock, RandomGenerator random) {
    this.topics = topics;
    this.sessions = new ExpectedSessions(guard);
    this.clock = clock;
    this.random = random;
  }

  /** Begins to do what is due. */
  LiveChannels start() {
    Thread.ofVirtual().name("stream").start(this::run);
    return this;
  }

  /** Announces whose session is behind the channel of a session that is about to be subscribed. */
  void expect(Identity identity) {
    sessions.expect(identity);
  }

  /**
   * Whether the bell has told a connection of a user of a state of a message, a short time ago.
   *
   * @param sinceNanos    {@link System#nanoTime} when the connection had subscribed
   * @param leastAgeNanos what was told a shorter time ago does not count
   */
  boolean hasTold(UUID user, UUID message, int version, long sinceNanos, long leastAgeNanos) {
    return told.contains(Channel.user(user), BellMessage.state(message, version), sinceNanos, leastAgeNanos);
  }

  @Override
  public Subscription subscribe(String channel, Consumer<Publication> receiver) {
    Place place = new Place(channel, receiver);
    place.subscription = topics.subscribe(channel, place);
    place.sinceNanos = System.nanoTime();
    places.add(place);
    return place;
  }

  private void run() {
    try {
      while (!stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          tick();
        } catch (RuntimeException e) {
          log.warn("Held connections were not looked after: {}", e.toString());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    Set<String> subscribed = new HashSet<>();
    for (Place place : places) {
      if (Channel.isOfUser(place.channel)) {
        place.wakeIfDue(now);
      } else if (Channel.isOfSession(place.channel)) {
        subscribed.add(place.channel);
      } else if (Channel.hasEnded(place.channel, clock.instant())) {
        place.end(Bye.EXPIRED);
      }
    }
    Set<String> ended = sessions.ended(subscribed, now);
    if (!ended.isEmpty()) {
      places.stream().filter(place -> ended.contains(place.channel)).forEach(place -> place.end(Bye.REVOKED));
    }
    told.forgetOld();
  }

  private static Publication.End lastFrame(String json) {
    return new Publication.End(List.of(Frame.of(json)), Close.NORMAL);
  }

  /** A connection's place in a channel. */
  private final class Place implements Subscription, Topics.Receiver {
    private final String channel;
    private final Consumer<Publication> receiver;
    private volatile Topics.Subscription subscription = NOWHERE;
    private volatile long sinceNanos;
    private volatile long dueNanos = System.nanoTime() + random.nextLong(HEARD.toNanos());

    Place(String channel, Consumer<Publication> receiver) {
      this.channel = channel;
      this.receiver = receiver;
    }

    /** A connection has one receiver for all of its channels, which takes one publication at a time. */
    private void give(Publication publication) {
      synchronized (receiver) {
        receiver.accept(publication);
      }
    }

    @Override
    public void heard(BellMessage message, long nanos) {
      Reference reference = message.reference();
      String frame = message.frame();
      if (reference != null) {
        give(new Publication.Wake(Woken.MESSAGE + reference.text()));
      } else if (frame != null) {
        if (message.told() != null) {
          told.add(channel, message.told(), nanos);
        }
        give(message.isLast() ? lastFrame(frame) : Publication.Frames.of(Frame.of(frame)));
      }
    }

    /** Looks within two seconds, and not all connections at once. */
    @Override
    public void missed() {
      dueNanos = System.nanoTime() + random.nextLong(NOT_HEARD.toNanos());
    }

    boolean hears() {
      return subscription.hears();
    }

    void wakeIfDue(long now) {
      long due = dueNanos;
      if (now - due >= 0 || (!hears() && now + NOT_HEARD.toNanos() - due < 0)) {
        dueNanos = now + (hears() ? HEARD : NOT_HEARD).toNanos();
        give(new Publication.Wake(Woken.POLL + sinceNanos));
      }
    }

    void end(Bye bye) {
      give(new Publication.End(List.of(Outgoing.frame(bye)), Close.NORMAL));
    }

    @Override
    public void close() {
      places.remove(this);
      subscription.close();
    }
  }

  /** The subscription of a place until it has one. */
  private static final Topics.Subscription NOWHERE = new Topics.Subscription() {
    @Override
    public boolean hears() {
      return false;
    }

    @Override
    public void close() {}
  };

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("knatter.stream.connections", this, all -> all.count(_ -> true))
      .description("Connections that this process holds.")
      .register(registry);
    Gauge.builder("knatter.stream.polling", this, all -> all.count(place -> !place.hears()))
      .description("Connections that read the inbox every two seconds, because Redis cannot be heard.")
      .register(registry);
  }

  private double count(Predicate<Place> which) {
    return places.stream().filter(place -> Channel.isOfUser(place.channel)).filter(which).count();
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
