package dev.knatter.chat.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.ConversationSummary;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Pod;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reading.ConversationOverviews.Overview;
import dev.knatter.chat.reading.ReadMarks.UpTo;
import dev.knatter.chat.reading.UnreadCounts.Count;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReadingTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Random random = new Random();
  private final Pod pod = new Pod(stores.cassandra(), Clock.systemUTC(), random.nextLong());
  private final TimelineRows timeline = new TimelineRows(stores.cassandra(), pod.slices);
  private final ReadMarks marks = new ReadMarks(stores.cassandra());
  private final Reading reading = new Reading(stores.cassandra(), Clock.systemUTC(),
      new Memberships(stores.cassandra()), timeline, marks);
  private final UUID ada = pod.ids.mint();
  private final UUID grace = pod.ids.mint();
  private final Conversation conversation = Conversation.direct(ada, grace);

  @AfterEach
  void close() {
    pod.close();
  }

  private UUID sent(UUID sender) {
    return pod.log.append(new Draft(conversation, sender, "hello", "text/plain", null, null), pod.ids.mint())
      .message()
      .id();
  }

  /** In the order of their ids. */
  private List<UUID> sent(UUID sender, int count) {
    return IntStream.range(0, count).mapToObj(_ -> sent(sender)).sorted().toList();
  }

  private void mark(UUID user, UUID upTo) {
    reading.mark(user, new ReadCommand(conversation.id(), upTo));
  }

  private Count unread(UUID user) {
    ReadMark mark = marks.of(user, List.of(conversation.id())).get(conversation.id());
    return new UnreadCounts(timeline).count(conversation.id(), user, null, mark);
  }

  @Test
  void messagesOfOthers_areUnreadUntilTheyAreMarked() {
    List<UUID> ids = sent(ada, 3);
    assertThat(unread(grace)).isEqualTo(new Count(3, false));
    assertThat(unread(ada)).as("their own").isEqualTo(new Count(0, false));
    mark(grace, ids.getFirst());
    assertThat(unread(grace)).isEqualTo(new Count(2, false));
    mark(grace, ids.getLast());
    assertThat(unread(grace)).isEqualTo(new Count(0, false));
    mark(grace, ids.getFirst());
    assertThat(unread(grace)).as("a mark never goes back").isEqualTo(new Count(0, false));
  }

  @Test
  void manyMessages_areCountedUpToAHundred() {
    List<UUID> ids = sent(ada, UnreadCounts.MAX + 1);
    assertThat(unread(grace)).isEqualTo(new Count(UnreadCounts.MAX, true));
    mark(grace, ids.getFirst());
    assertThat(unread(grace)).isEqualTo(new Count(UnreadCounts.MAX, false));
    List<UUID> own = sent(grace, 150);
    assertThat(unread(ada)).isEqualTo(new Count(UnreadCounts.MAX, true));
    mark(ada, own.getLast());
    assertThat(unread(ada)).isEqualTo(new Count(0, false));
  }

  @Test
  void twoDevicesThatMarkAtOnce_neverGoBack() throws Exception {
    List<UUID> ids = sent(ada, 40);
    try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both = new ArrayList<>();
      for (int device = 0; device < 2; device++) {
        both.add(devices.submit(() -> {
          UUID last = ids.getFirst();
          for (UUID id : ids) {
            mark(grace, random.nextBoolean() ? id : ids.getFirst());
            UUID now = Objects.requireNonNull(marks.ofUsers(conversation.id(), List.of(grace)).get(grace));
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
          }
        }));
      }
      for (Future<?> device : both) {
        device.get();
      }
    }
  }

  @Test
  void ofTwoMarksOfOneMillisecond_theOneOfTheLargerIdStays() {
    UUID before = sent(ada);
    UUID small = Uuid7.of(Uuid7.millis(before), 1, 1);
    UUID large = Uuid7.of(Uuid7.millis(before), 1, 2);
    mark(grace, large);
    mark(grace, small);
    assertThat(marks.all(grace)).containsExactly(new UpTo(conversation.id(), large));
  }

  /** Writes rows of a conversation that exists, without any of what belongs to a send. */
  private void fill(UUID conversationId, long firstMillis, int stepMillis, int count) {
    PreparedStatement insert = stores.session()
      .prepare("INSERT INTO timeline (conversation_id, slice, id, sender, content, content_type)"
          + " VALUES (?, ?, ?, ?, 'x', 'text/plain')");
    BatchStatementBuilder rows = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < count; i++) {
      long millis = firstMillis + (long) i * stepMillis;
      rows.addStatement(insert.bind(conversationId, pod.slices.at(conversationId, millis),
          Uuid7.of(millis, 0, random.nextLong()), ada));
    }
    stores.session().execute(rows.build());
  }

  /** So many messages in the last seconds that the mark would not reach back to what is settled. */
  @Test
  void messageThatAppearsLateInABusyConversation_isUnread() {
    UUID last = sent(ada);
    long now = Uuid7.millis(last);
    fill(conversation.id(), now - 7_000, 10, 700);
    mark(grace, last);
    assertThat(unread(grace)).isEqualTo(new Count(0, false));
    fill(conversation.id(), now - 6_999, 1, 1);
    assertThat(unread(grace)).isEqualTo(new Count(1, false));
  }

  @Test
  void noteToOneself_hasNothingUnread() {
    Conversation note = Conversation.direct(ada, ada);
    UUID id = pod.log.append(new Draft(note, ada, "hello", "text/plain", null, null), pod.ids.mint())
      .message()
      .id();
    fill(note.id(), Uuid7.millis(id) - 2_000, 1, 1_100);
    ConversationSummary summary = new ConversationSummary(note.id(), null, 1, note.members(), Role.MEMBER,
        null,
        false, id);
    Overview overview = new ConversationOverviews(stores.cassandra(), Clock.systemUTC(), timeline)
      .of(ada, List.of(summary))
      .get(note.id());
    assertThat(overview).isEqualTo(new Overview(Objects.requireNonNull(overview).last(), 0, false, null));
  }

  @Test
  void mark_isNotForStrangersAndNotOfTheFuture() {
    UUID id = sent(ada);
    assertThatThrownBy(() -> mark(pod.ids.mint(), id)).isInstanceOf(NotFound.class);
    UUID ahead = Uuid7.floor(Clock.systemUTC().millis() + 60_000);
    assertThatThrownBy(() -> mark(grace, ahead)).isInstanceOf(InvalidRequest.class);
    assertThat(marks.all(grace)).isEmpty();
  }
}
