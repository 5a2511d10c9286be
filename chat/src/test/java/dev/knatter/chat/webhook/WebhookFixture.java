package dev.knatter.chat.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.message.TimelineChanges.Stored;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;

/** Two people, their webhooks, and one process of all that tells these, on a clock of the test's. */
final class WebhookFixture implements AutoCloseable {
  static final URI URL = URI.create("https://hooks.example.com/");
  private static final Duration ALLOWED = WebhookSender.LONGEST.plusSeconds(20);

  final MovableClock clock = new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
  final UUID ada = UUID.randomUUID();
  final UUID grace = UUID.randomUUID();
  final Webhooks webhooks;
  final DeliveryReports reports;
  /** What was sent, in order. */
  final List<WebhookRequest> sent = Collections.synchronizedList(new ArrayList<>());
  /** What each webhook's receiver answers; 204 if nothing is said. */
  final Map<UUID, DeliveryOutcome> answers = new ConcurrentHashMap<>();
  /** What no receiver accepts. */
  volatile @Nullable WebhookEvent refused;
  /** What was published. */
  final List<ChatEvent> published = new CopyOnWriteArrayList<>();
  private final MigratedStores stores;
  private final Cassandra cassandra;
  private final Random random = new Random();
  private final Slices slices;
  private final Outbox outbox;
  private final MessageLog messages;
  private final TimelineChanges changes;
  private final Uuid7 ids;
  private final Publisher publisher;

  WebhookFixture(MigratedStores stores) {
    this.stores = stores;
    cassandra = stores.cassandra();
    ids = new Uuid7(clock);
    webhooks = new Webhooks(cassandra, clock);
    reports = new DeliveryReports(cassandra, clock);
    slices = new Slices(cassandra, clock);
    outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    publisher = new Publisher(cassandra, new PublicationTable(cassandra, ids, random), this::publish);
    messages = new MessageLog(cassandra, clock, random, slices, outbox);
    changes = new TimelineChanges(cassandra, slices,
        new Deletions(cassandra, slices, new Reactions(cassandra, clock)));
    // An earlier test has visited minutes that are to come for this one.
    stores.session()
      .execute("SELECT DISTINCT minute FROM parked_deliveries")
      .forEach(row -> stores.session()
        .execute("DELETE FROM parked_deliveries WHERE minute = ?", row.getLong("minute")));
    stores.session().execute("DELETE FROM sweeps WHERE pass = 'WEBHOOKS'");
  }

  Webhook create(UUID user) {
    return create(user, null, null);
  }

  Webhook create(UUID user, @Nullable UUID conversation, @Nullable UUID session) {
    UUID id = session == null ? ids.mint() : session;
    return webhooks.create(user, id, new NewWebhook(URL, Set.of(), conversation, session)).webhook();
  }

  /** A session as a login opens it. */
  UUID openSession(UUID user) {
    UUID session = ids.mint();
    stores.session()
      .execute("INSERT INTO sessions (user_id, session_id, refresh_hash) VALUES (?, ?, 0x00)", user, session);
    return session;
  }

  void endSession(UUID user, UUID session) {
    stores.session().execute("DELETE FROM sessions WHERE user_id = ? AND session_id = ?", user, session);
  }

  /** A message of Ada to Grace, and the event of it. */
  WebhookEvent say(String content) {
    return say(Audience.of(Conversation.direct(ada, grace)), content);
  }

  WebhookEvent say(Audience audience, String content) {
    Draft draft = new Draft(audience, ada, content, "text/plain", null, null);
    Message message = messages.append(draft, ids.mint()).message();
    return new WebhookEvent(WebhookType.MESSAGE_SENT, message.conversationId(), message.id());
  }

  /** The event of an edit. */
  WebhookEvent edit(WebhookEvent message, String content) {
    Stored stored = changes.find(message.conversationId(), message.messageId()).orElseThrow();
    Message edited = stored.message().edited(content, "text/plain", null, now());
    assertThat(changes.apply(stored, edited)).isTrue();
    return new WebhookEvent(WebhookType.MESSAGE_EDITED, edited.conversationId(), edited.id(),
        edited.version());
  }

  /** The event of a deletion. */
  WebhookEvent delete(WebhookEvent message) {
    Stored stored = changes.find(message.conversationId(), message.messageId()).orElseThrow();
    assertThat(changes.apply(stored, stored.message().deleted(now()))).isTrue();
    return new WebhookEvent(WebhookType.MESSAGE_DELETED, message.conversationId(), message.messageId());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Another process each time, which has cached nothing. */
  void deliver(WebhookEvent event) {
    process().deliver(event);
  }

  WebhookDelivery process() {
    return new WebhookDelivery(cassandra, clock, random, slices, this::send, publisher);
  }

  /** Lets time pass; then the outbox is pinged. */
  int retryAfter(Duration passed) {
    clock.advance(passed);
    return new WebhookRetries(cassandra, clock, random, slices, this::send, publisher).run(ALLOWED);
  }

  private DeliveryOutcome send(WebhookRequest request) {
    sent.add(request);
    WebhookEvent never = refused;
    if (never != null && never.id().equals(request.eventId())) {
      return answered(400);
    }
    return answers.getOrDefault(request.webhook().id(), DeliveryOutcome.answered(204, Duration.ofMillis(7)));
  }

  private EventSink.Outcome publish(ChatEvent event) {
    published.add(event);
    return EventSink.Outcome.ACCEPTED;
  }

  /** What the store tells of the disabling of a webhook, which must be the one event that was published of it. */
  void awaitDisabled(Webhook webhook) {
    await().until(() -> !published.isEmpty());
    assertThat(published).singleElement().satisfies(event -> {
      assertThat(event.reference().type()).isEqualTo(EventType.WEBHOOK_DISABLED);
      assertThat(event.data()).isEqualTo(Map.of("userId", webhook.userId(), "webhookId", webhook.id()));
      assertThat(new WebhookEvents(cassandra).disabled(event.reference(), event.time()))
        .contains(event);
    });
  }

  static DeliveryOutcome answered(int status) {
    return DeliveryOutcome.answered(status, Duration.ofMillis(7));
  }

  long parked() {
    return stores.session().execute("SELECT position FROM parked_deliveries").all().size();
  }

  @Override
  public void close() {
    outbox.close();
    publisher.close();
  }
}
