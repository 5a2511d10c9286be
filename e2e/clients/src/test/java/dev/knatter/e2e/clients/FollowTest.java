package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.follow.Following;
import dev.knatter.client.follow.Listener;
import dev.knatter.client.follow.Way;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.PageRequest;
import dev.knatter.client.send.Draft;
import dev.knatter.e2e.clients.UnreliableProxy.Fate;
import dev.knatter.e2e.clients.UnreliableProxy.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Follows over each way, while connections are cut. */
final class FollowTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MESSAGES = 120;

  @AfterEach
  void passEverything() {
    product.proxy().rule(_ -> Fate.PASSED);
  }

  /** What was told, with the last state of each message. */
  private static final class Told implements Listener {
    final Map<UUID, Message> messages = new ConcurrentHashMap<>();
    final Queue<String> backwards = new ConcurrentLinkedQueue<>();
    final Set<Way> ways = ConcurrentHashMap.newKeySet();
    final Queue<String> cursors = new ConcurrentLinkedQueue<>();
    final Queue<RuntimeException> ends = new ConcurrentLinkedQueue<>();

    @Override
    public void message(Message message) {
      Message before = messages.put(message.id(), message);
      if (before != null && before.version() > message.version()) {
        backwards.add(message.toString());
      }
    }

    @Override
    public void cursor(String cursor) {
      cursors.add(cursor);
    }

    @Override
    public void connected(Way way) {
      ways.add(way);
    }

    @Override
    public void ended(RuntimeException reason) {
      ends.add(reason);
    }
  }

  /** Only this way works, and those after it. */
  private static Fate only(Way way, Request request) {
    if (!request.path().equals("/v1/stream")) {
      return Fate.PASSED;
    }
    return switch (way) {
      case WEBSOCKET -> Fate.PASSED;
      case EVENT_STREAM -> request.upgrades() ? Fate.REFUSED : Fate.PASSED;
      case LONG_POLL -> Fate.REFUSED;
    };
  }

  private static KnatterClient through(String name) {
    KnatterClient client = KnatterClient.builder(product.proxy().address()).build();
    client.login(name, Product.PASSWORD);
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void everyWay_cutAgainAndAgain_tellsEveryMessageAndItsLastState(Way way) throws Exception {
    product.proxy().rule(request -> only(way, request));
    String ada = product.register();
    String grace = product.register();
    Random random = new Random(20_261_129);
    Told told = new Told();
    try (KnatterClient reader = through(grace);
        KnatterClient writer = product.client(ada);
        Following following = reader.follow(null, told)) {
      for (int i = 0; i < MESSAGES; i++) {
        Message sent = writer.send(Draft.to(grace, way + " " + i)).get(60, TimeUnit.SECONDS);
        if (i % 10 == 3) {
          writer.messages().edit(sent.conversationId(), sent.id(), way + " edited " + i);
        } else if (i % 10 == 5) {
          writer.messages().delete(sent.conversationId(), sent.id());
        }
        if (random.nextInt(12) == 0) {
          product.proxy().cut();
        }
      }
      List<Message> stored = reader.messages().page(PageRequest.with(ada).limit(100)).messages();
      await().atMost(PATIENCE).untilAsserted(() -> {
        assertThat(told.messages).hasSize(MESSAGES);
        assertThat(told.messages.values()).containsAll(stored);
      });
      assertThat(told.backwards).isEmpty();
      assertThat(told.ways).contains(way); // a connection that is cut while it opens is unusable, and another way is tried
      assertThat(told.ends).isEmpty();
      assertThat(following.cursor()).isNotEmpty();
    }
  }

  @Test
  void cursorOfAnEarlierRun_goesOnWhereItEnded() throws Exception {
    String ada = product.register();
    Told first = new Told();
    Told second = new Told();
    try (KnatterClient client = product.client(ada)) {
      String cursor;
      try (Following following = client.follow(null, first)) {
        client.send(Draft.to(ada, "seen")).get(60, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> first.messages.size() == 1);
        cursor = following.cursor(); // it may be one of before that message, which then comes again
      }
      client.send(Draft.to(ada, "missed")).get(60, TimeUnit.SECONDS);
      try (Following _ = client.follow(cursor, second)) {
        await().atMost(PATIENCE)
          .untilAsserted(() -> assertThat(second.messages.values()).extracting(Message::content)
            .contains("missed"));
      }
    }
  }

  @Test
  void betterWay_isTakenOverAWorseOne() throws Exception {
    Told told = new Told();
    try (KnatterClient client = through(product.register()); Following _ = client.follow(null, told)) {
      await().atMost(PATIENCE).until(() -> told.ways.contains(Way.WEBSOCKET));
    }
    assertThat(told.ways).containsExactly(Way.WEBSOCKET);
  }

  @Test
  void visible_beforeTheServerHasSaidHello_doesNotCostTheWebSocket() throws Exception {
    CompletableFuture<Fate> opening = new CompletableFuture<>();
    Told told = new Told();
    try (KnatterClient client = through(product.register())) {
      int before = product.proxy().requests().size();
      product.proxy().rule(request -> request.upgrades() ? opening.join() : Fate.PASSED);
      try (Following following = client.follow(null, told)) {
        await().atMost(PATIENCE)
          .until(() -> product.proxy().requests().stream().skip(before).anyMatch(Request::upgrades));
        following.visible(true);
        opening.complete(Fate.PASSED);
        await().atMost(PATIENCE).until(() -> !told.ways.isEmpty());
      } finally {
        opening.complete(Fate.PASSED);
      }
    }
    assertThat(told.ways).containsExactly(Way.WEBSOCKET);
  }

  @Test
  void endOfTheSession_endsTheFollowing() {
    String ada = product.register();
    Told told = new Told();
    try (KnatterClient client = product.client(ada); Following _ = client.follow(null, told)) {
      await().atMost(PATIENCE).until(() -> !told.ways.isEmpty());
      try (KnatterClient elsewhere = product.client(ada)) {
        elsewhere.logout(/* everywhere= */ true);
      }
      await().atMost(PATIENCE).until(() -> !told.ends.isEmpty());
      assertThat(told.ends.element()).isInstanceOf(SessionEndedException.class);
    }
  }
}
