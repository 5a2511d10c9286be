package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;

/**
 * Somebody reads along, towards the present, and takes down when each message came. Each request may wait, or somebody
 * asks several times a second instead.
 */
final class ArrivalTimes {
  private static final Duration BETWEEN_POLLS = Duration.ofMillis(200);
  private static final int WAIT = 25;
  private static final int PAGE = 50;

  private final String name;
  private final User reader;
  private final int wait;
  private final String[] where;
  private final Map<String, Instant> arrived = new ConcurrentHashMap<>();
  private final Set<String> passedBy = new HashSet<>();
  private String cursor;

  /** Begins after what is there now. */
  ArrivalTimes(String name, User reader, int wait, String... where) {
    this.name = name;
    this.reader = reader;
    this.wait = wait;
    this.where = where;
    this.cursor = reader.read(where).previous();
  }

  /** Reads on until all of so many messages have come. */
  void until(int count, Map<String, Instant> acknowledged) {
    Awaitility.await(name)
      .pollDelay(Duration.ZERO)
      .pollInterval(wait > 0 ? Duration.ofMillis(1) : BETWEEN_POLLS)
      .atMost(Duration.ofSeconds(60))
      .pollInSameThread()
      .until(() -> {
        read(acknowledged);
        return arrived.size() >= count;
      });
  }

  private void read(Map<String, Instant> acknowledged) {
    Set<String> due = new HashSet<>(acknowledged.keySet());
    Page page = reader.read(Stream.of(where,
        new String[]{"limit", Integer.toString(PAGE), "wait", Integer.toString(wait), "after", cursor})
      .flatMap(Stream::of)
      .toArray(String[]::new));
    cursor = page.next();
    page.ids().forEach(id -> arrived.putIfAbsent(id, Instant.now()));
    if (page.ids().size() < PAGE) {
      due.removeAll(arrived.keySet());
      passedBy.addAll(due);
    }
  }

  /** A request that began after a message's 201, and read to the end, held it or came after one that did. */
  void missedNothing() {
    assertThat(passedBy).as("acknowledged before a request of %s, and not in its answer", name).isEmpty();
  }

  /** Each message came soon after its 201, and long before the end of the wait. */
  void cameWithin(Duration longest, Map<String, Instant> acknowledged) {
    acknowledged.forEach((id, at) -> assertThat(Duration.between(at, arrived.getOrDefault(id, Instant.MAX)))
      .as("from the 201 of %s until it came to %s", id, name)
      .isLessThan(longest));
  }

  static List<ArrivalTimes> of(User ada, User grace) {
    return List.of(new ArrivalTimes("Ada, who waits in the conversation", ada, WAIT, "with", grace.name()),
        new ArrivalTimes("Grace, who waits in the conversation", grace, WAIT, "with", ada.name()),
        new ArrivalTimes("Grace, who waits at her inbox", grace, WAIT),
        new ArrivalTimes("Ada, who polls the conversation", ada, 0, "with", grace.name()),
        new ArrivalTimes("Grace, who polls the conversation", grace, 0, "with", ada.name()),
        new ArrivalTimes("Grace, who polls her inbox", grace, 0));
  }

  boolean waits() {
    return wait > 0;
  }
}
