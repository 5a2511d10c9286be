package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PagesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Reading reading = new Reading(stores, System.nanoTime());
  private final Pod writer = new Pod(stores.cassandra(), reading.clock, System.nanoTime());
  private final UUID ada = reading.user();
  private final UUID grace = reading.user();
  private final Conversation chat = Conversation.direct(ada, grace);
  private final Scope scope = Scope.conversation(chat.id());

  private List<UUID> send(int count, Duration apart) {
    List<UUID> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reading.clock.advance(apart);
      sent.add(send(reading.clock.millis()));
    }
    return sent;
  }

  /** Under a client id of that moment. */
  private UUID send(long millis) {
    return writer.log.append(new Draft(chat, ada, "hello", "text/plain", null, null), reading.id(millis))
      .message()
      .id();
  }

  private static List<UUID> ids(Page page) {
    return page.messages().stream().map(Message::id).toList();
  }

  private List<UUID> readDown(Scope what, int limit) {
    Page page = reading.pages.newest(what, limit);
    List<UUID> read = new ArrayList<>(ids(page));
    for (CursorPosition next = page.next(); next != null; next = page.next()) {
      assertThat(page.messages()).hasSize(limit);
      page = reading.pages.before(what, next, limit);
      read.addAll(ids(page));
    }
    return read;
  }

  private List<UUID> readUp(Scope what, CursorPosition from, int limit) {
    List<UUID> read = new ArrayList<>();
    Page page = reading.pages.after(what, from, limit);
    while (!page.messages().isEmpty()) {
      read.addAll(ids(page));
      page = reading.pages.after(what, Objects.requireNonNull(page.next()), limit);
    }
    return read;
  }

  static Stream<Arguments> densities() {
    return Stream.of(Arguments.of("dense", 1_000, Duration.ofMillis(7), 0),
        Arguments.of("over ten slices of ten days", 50, Duration.ofDays(2), 0),
        Arguments.of("one message in most slices", 40, Duration.ofMinutes(7), 300),
        Arguments.of("slices of five minutes with gaps of days", 40, Duration.ofHours(5), 300));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("densities")
  void walks_inBothDirections_holdEverythingOnce(String name, int count, Duration apart, int sliceSeconds) {
    if (sliceSeconds > 0) {
      reading.shorten(chat, reading.clock.millis() + 600_000, sliceSeconds);
    }
    CursorPosition start = Objects.requireNonNull(reading.pages.newest(scope, 1).previous());
    CursorPosition inboxStart = Objects
      .requireNonNull(reading.pages.newest(Scope.inbox(grace), 1).previous());
    List<UUID> sent = send(count, apart);
    for (int limit : new int[]{1 + count / 20, 100}) {
      assertThat(readDown(scope, limit)).isEqualTo(sent.reversed());
      assertThat(readUp(scope, start, limit)).isEqualTo(sent);
      assertThat(readDown(Scope.inbox(grace), limit)).isEqualTo(sent.reversed());
      assertThat(readUp(Scope.inbox(grace), inboxStart, limit)).isEqualTo(sent);
    }
  }

  @Test
  void previous_ofAPageFullOfYoungMessages_repeatsNothing() {
    List<UUID> sent = send(300, Duration.ofMillis(5));
    for (Scope what : List.of(scope, Scope.inbox(grace))) {
      CursorPosition up = Objects.requireNonNull(reading.pages.newest(what, 10).previous());
      Page page = reading.pages.after(what, up, 10);
      assertThat(page.messages()).isEmpty();
      reading.clock.advance(Duration.ofMinutes(5));
      assertThat(readUp(what, Objects.requireNonNull(page.next()), 10)).isEmpty();
      reading.clock.advance(Duration.ofMinutes(-5));
    }
    assertThat(sent).hasSize(300);
  }

  @Test
  void messageThatLandedLateInAPageReadDown_isHandedOutByTheWalkThatGoesOn() {
    List<UUID> sent = send(10, Duration.ofSeconds(1));
    Page page = reading.pages.newest(scope, 5);
    UUID late = send(reading.clock.millis() - 2_500);
    reading.clock.advance(Duration.ofSeconds(5));
    assertThat(ids(reading.pages.before(scope, Objects.requireNonNull(page.next()), 5)))
      .as("before it is settled, the walk goes on")
      .isEqualTo(sent.subList(0, 5).reversed());
    reading.clock.advance(Duration.ofSeconds(11));
    assertThat(ids(reading.pages.before(scope, Objects.requireNonNull(page.next()), 5)))
      .as("then it goes back")
      .contains(late);
  }

  @Test
  void rowsOutsideTheirSlice_areNotRead() {
    reading.shorten(chat, reading.clock.millis() + 600_000, 300);
    List<UUID> sent = send(20, Duration.ofMinutes(3));
    UUID elsewhere = reading.id(reading.clock.millis());
    for (long slice : new long[]{0, reading.clock.millis() - 12_345}) {
      stores.session()
        .execute("INSERT INTO timeline (conversation_id, slice, id, sender, content, content_type)"
            + " VALUES (?, ?, ?, ?, 'x', 'text/plain')", chat.id(), slice, elsewhere, ada);
      stores.session()
        .execute("INSERT INTO conversations (conversation_id, slice) VALUES (?, ?)", chat.id(), slice);
    }
    assertThat(readDown(scope, 3)).isEqualTo(sent.reversed());
  }

  @Test
  void messagesThatAreGone_leaveNoHoles() {
    List<UUID> sent = send(60, Duration.ofSeconds(20));
    CursorPosition start = CursorPosition.at(dev.knatter.shared.Uuid7.floor(Reading.START.toEpochMilli()));
    for (UUID gone : sent.subList(20, 55)) {
      writer.forget(chat.id(), gone);
    }
    List<UUID> left = new ArrayList<>(sent.subList(0, 20));
    left.addAll(sent.subList(55, 60));
    for (Scope what : List.of(scope, Scope.inbox(grace))) {
      assertThat(readDown(what, 4)).isEqualTo(left.reversed());
      assertThat(readUp(what, start, 4)).isEqualTo(left);
    }
  }

  @Test
  void cachedPages_equalThoseOfTheStore() {
    List<UUID> sent = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      sent.addAll(send(1 + reading.random.nextInt(5), Duration.ofSeconds(reading.random.nextInt(1, 90))));
      new Notifier(reading.redis).conversationChanged(chat.id(), List.of());
      for (int again = 0; again < 4; again++) {
        assertThat(readDown(scope, 5)).isEqualTo(sent.reversed());
        if (reading.random.nextInt(8) == 0) {
          stores.flushRedis();
        }
      }
    }
  }
}
