package dev.knatter.bench.sending;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages: one logged batch each, of the rows that the product writes. It leaves out what the product does for
 * a store that fails, for clocks that differ and for busy conversations, so it is the least that a send can cost.
 */
public final class MessageStore {
  private static final long SLICE_MILLIS = Duration.ofDays(10).toMillis();
  private static final long BEFORE_ID_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long BUCKET_MILLIS = 10_000;
  private static final int REMEMBERED = 50_000;
  /** A time to live of 0 is none. */
  private static final int FOR_EVER = 0;

  private final CqlSession session;
  private final PreparedStatement selectUser;
  private final PreparedStatement insertInbox;
  private final PreparedStatement insertOutbox;
  private final PreparedStatement insertLane;
  private final PreparedStatement insertMessage;
  private final PreparedStatement insertConversation;
  private final PreparedStatement updateActivity;
  private final int lane = ThreadLocalRandom.current().nextInt();
  private final Map<String, UUID> users = new ConcurrentHashMap<>();
  private final Set<UUID> conversations = ConcurrentHashMap.newKeySet();
  private volatile long laneKnownIn;

  private MessageStore(CqlSession session, List<PreparedStatement> prepared) {
    this.session = session;
    this.selectUser = prepared.get(0);
    this.insertInbox = prepared.get(1);
    this.insertOutbox = prepared.get(2);
    this.insertLane = prepared.get(3);
    this.insertMessage = prepared.get(4);
    this.insertConversation = prepared.get(5);
    this.updateActivity = prepared.get(6);
  }

  /** Prepares all statements at once, over a session on the product's keyspace. */
  public static MessageStore prepare(CqlSession session) {
    List<CompletableFuture<PreparedStatement>> preparing = Stream
      .of(SendStatements.SELECT_USER, SendStatements.INSERT_INBOX, SendStatements.INSERT_OUTBOX,
          SendStatements.INSERT_LANE, SendStatements.INSERT_MESSAGE, SendStatements.INSERT_CONVERSATION,
          SendStatements.UPDATE_ACTIVITY)
      .map(text -> session.prepareAsync(SimpleStatement.newInstance(text).setIdempotent(true))
        .toCompletableFuture())
      .toList();
    return new MessageStore(session, preparing.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Stores a message; it is durable when this returns.
   *
   * @param username of the sender
   * @return null where there is no such recipient
   */
  public @Nullable SentMessage send(UUID sender, String username, Draft draft) {
    UUID recipient = user(draft.to());
    if (recipient == null) {
      return null;
    }
    List<UUID> members = Stream.of(sender, recipient).distinct().sorted().toList();
    UUID conversation = Ids.conversation(members);
    UUID id = Ids.message(sender, conversation, draft.clientId(), draft.content());
    write(members, conversation, id, sender, recipient, draft.content());
    return new SentMessage(id, conversation, username, draft.to(), draft.content(), Draft.CONTENT_TYPE,
        Instant.ofEpochMilli(Ids.millis(id)));
  }

  private @Nullable UUID user(String name) {
    UUID known = users.get(name);
    if (known != null) {
      return known;
    }
    Row row = session.execute(selectUser.bind(name)).one();
    UUID id = row == null ? null : row.getUuid("user_id");
    if (id != null) {
      if (users.size() >= REMEMBERED) {
        users.clear();
      }
      users.put(name, id);
    }
    return id;
  }

  private void write(List<UUID> members, UUID conversation, UUID id, UUID sender, UUID recipient,
      String content) {
    UUID position = Ids.mint();
    long now = Ids.millis(position);
    long bucket = Math.floorDiv(now, BUCKET_MILLIS);
    long slice = Math.floorDiv(Ids.millis(id), SLICE_MILLIS) * SLICE_MILLIS;
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED).setIdempotence(true);
    for (UUID member : members) {
      batch.addStatement(insertInbox.bind(member, month(now), position, conversation, id, FOR_EVER));
      batch.addStatement(updateActivity.bind(Ids.millis(id) * 1_000, id, member, conversation));
    }
    batch.addStatement(
        insertOutbox.bind(bucket, lane, position, conversation, id, members, now * 1_000, FOR_EVER));
    if (laneKnownIn != bucket) {
      batch.addStatement(insertLane.bind(bucket, lane));
    }
    batch.addStatement(insertMessage.boundStatementBuilder()
      .setUuid(0, conversation)
      .setLong(1, slice)
      .setUuid(2, id)
      .setUuid(3, sender)
      .setUuid(4, recipient)
      .setString(5, content)
      .setString(6, Draft.CONTENT_TYPE)
      .setLong(9, (Ids.millis(id) - BEFORE_ID_MILLIS) * 1_000)
      .setInt(10, FOR_EVER)
      .build());
    if (!conversations.contains(conversation)) {
      batch.addStatement(insertConversation.bind(conversation, "direct", members, slice));
    }
    session.execute(batch.build());
    laneKnownIn = bucket;
    if (conversations.size() >= REMEMBERED) {
      conversations.clear();
    }
    conversations.add(conversation);
  }

  private static int month(long millis) {
    return Math.toIntExact(YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC))
      .getLong(ChronoField.PROLEPTIC_MONTH));
  }
}
