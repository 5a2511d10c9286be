package dev.knatter.bench.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

import dev.knatter.bench.generator.Latencies;
import dev.knatter.bench.live.LivePeople.LiveGroup;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.MessageAnswer;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;

/** Sends messages to readers who hold a connection, and waits until they have come. */
final class LiveTraffic {
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(10);
  /** A message that has not arrived by then counts as missed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration TOO_MANY = Duration.ofMillis(20);
  private static final int CREATED = 201;
  private static final int LIMITED = 429;

  private final int port;
  private final DoubleSupplier cpuSeconds;
  private final LiveSockets sockets;
  private final TestUsers users;
  private final RequestFactory requests;
  private int next;

  /**
   * @param port       of the function {@code send}
   * @param cpuSeconds processor time of those that hold the connections
   * @param users      who send to single readers
   */
  LiveTraffic(int port, DoubleSupplier cpuSeconds, LiveSockets sockets, TestUsers users,
      RequestFactory requests) {
    this.port = port;
    this.cpuSeconds = cpuSeconds;
    this.sockets = sockets;
    this.users = users;
    this.requests = requests;
  }

  /** A message that was acknowledged, by {@link System#nanoTime}. */
  record Sent(LiveReader reader, String id, long acknowledged) {}

  /**
   * How soon messages came.
   *
   * @param latencies from the 201; those that were missed have the time that was waited for them
   */
  record Lateness(Latencies latencies, int missed) {}

  /**
   * How fast groups were told.
   *
   * @param perSecond how many messages came to connections
   * @param cpuMicros processor time of those that hold the connections, for each
   */
  record Rate(double perSecond, double cpuMicros) {}

  /** Sends to one reader after the other, each time a random one. */
  Lateness toSingle(List<LiveReader> readers, int messages) throws IOException {
    List<Sent> sent = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = 0; i < messages; i++) {
        sent.add(send(connection, readers.get(ThreadLocalRandom.current().nextInt(readers.size()))));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * BETWEEN_MESSAGES.toNanos()));
      }
    }
    await(() -> missing(sent) == 0);
    Latencies latencies = new Latencies();
    for (Sent each : sent) {
      Long arrived = each.reader().arrivals().get(each.id());
      latencies.add(arrived == null ? PATIENCE.toNanos() : Math.max(0, arrived - each.acknowledged()));
    }
    return new Lateness(latencies, missing(sent));
  }

  /** Sends one message to each of these. */
  List<Sent> toEach(List<LiveReader> readers) throws IOException {
    List<Sent> sent = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(port)) {
      for (LiveReader reader : readers) {
        sent.add(send(connection, reader));
      }
    }
    return sent;
  }

  /** How many have not come. */
  static int missing(List<Sent> sent) {
    return (int) sent.stream().filter(each -> !each.reader().arrivals().containsKey(each.id())).count();
  }

  private Sent send(HttpConnection connection, LiveReader reader) throws IOException {
    byte[] request = requests.send(users.people().get(next++ % users.people().size()), reader.person());
    int status = connection.exchange(request);
    long acknowledged = System.nanoTime();
    if (status != CREATED) {
      throw new IOException(status + " " + connection.body());
    }
    return new Sent(reader, MessageAnswer.id(connection.body()), acknowledged);
  }

  /**
   * Sends to all groups at once, as fast as each is acknowledged.
   *
   * @throws IllegalStateException if a member has not got a message
   */
  Rate toGroups(List<LiveGroup> groups, int seconds) throws Exception {
    long before = sockets.received();
    double cpuBefore = cpuSeconds.getAsDouble();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    int sent = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> writers = groups.stream()
        .map(group -> threads.submit(() -> write(group, end)))
        .toList();
      for (Future<Integer> writer : writers) {
        sent += writer.get();
      }
    }
    long expected = (long) sent * LivePeople.GROUP; // its sender is told, too
    await(() -> sockets.received() - before >= expected);
    long came = sockets.received() - before;
    if (came < expected) { // one more may come: a message of an earlier measurement whose reader was told late
      throw new IllegalStateException("%,d messages were to come to members of groups, and %,d did."
        .formatted(expected, came));
    }
    return new Rate(expected / ((sockets.lastReceived() - start) / 1e9),
        (cpuSeconds.getAsDouble() - cpuBefore) * 1e6 / expected);
  }

  /** Its members send in turn, or they would meet their rate limit. Returns how many messages they have sent. */
  private int write(LiveGroup group, long endNanos) throws IOException {
    int sent = 0;
    try (HttpConnection connection = new HttpConnection(port)) {
      while (System.nanoTime() - endNanos < 0) {
        LiveReader sender = group.members().get(sent % group.members().size());
        int status = connection.exchange(requests.sendTo(group.id(), sender.token()));
        if (status == CREATED) {
          sent++;
        } else if (status == LIMITED) {
          LockSupport.parkNanos(TOO_MANY.toNanos()); // the group has reached the limit of its inbox rows
        } else {
          throw new IOException(status + " " + connection.body());
        }
      }
    }
    return sent;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
