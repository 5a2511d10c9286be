package dev.knatter.chat.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.live.LiveFrame.Numbers;
import dev.knatter.shared.store.Redis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BellTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final byte[] FRAME = "{\"type\":\"read\",\"é\":1}".getBytes(StandardCharsets.UTF_8);

  private final Bell bell = new Bell(stores.redis());
  private final Topics topics = new Topics(stores.redis(1));
  private final UUID ada = UUID.randomUUID();
  private final UUID grace = UUID.randomUUID();

  private static final class Heard implements Topics.Receiver {
    private final List<BellMessage> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    @Override
    public void heard(BellMessage message, long nanos) {
      messages.add(message);
    }

    @Override
    public void missed() {
      missed.incrementAndGet();
    }
  }

  private Topics.Subscription listen(UUID user, Heard heard) {
    Topics.Subscription subscription = topics.subscribe(Channel.user(user), heard);
    await().until(subscription::hears);
    return subscription;
  }

  private Numbers ring(UUID user) {
    return Objects.requireNonNull(bell.ring(List.of(user), BellMessage.header(), FRAME).get(user));
  }

  @Test
  void frame_hasTheNextNumberOfItsUser() {
    Heard heard = new Heard();
    try (Topics.Subscription _ = listen(ada, heard)) {
      Numbers first = ring(ada);
      var both = bell.ring(List.of(grace, ada), BellMessage.header(), FRAME);
      assertThat(both.get(grace)).extracting(Numbers::sequence).isEqualTo(1L);
      assertThat(both.get(ada)).isEqualTo(new Numbers(first.epoch(), 2));
      assertThat(bell.numbers(ada)).isEqualTo(new Numbers(first.epoch(), 2));
      await().until(() -> heard.messages.size() >= 2);
      assertThat(heard.messages).hasSize(2).extracting(BellMessage::channel).containsOnly(Channel.user(ada));
      assertThat(heard.messages.getLast().frame())
        .isEqualTo("{\"type\":\"read\",\"é\":1,\"epoch\":\"%s\",\"sequence\":2}".formatted(first.epoch()))
        .isEqualTo(new String(Bell.numbered(FRAME, both.get(ada)), StandardCharsets.UTF_8));
    }
  }

  @Test
  void frame_forThousands_reachesEach_withTheirOwnNumber() {
    List<UUID> users = Stream.generate(UUID::randomUUID).limit(2_000).toList();
    Heard heard = new Heard();
    List<Topics.Subscription> some = users.stream().limit(20).map(user -> listen(user, heard)).toList();
    try {
      Numbers before = ring(users.getFirst());
      var numbers = bell.ring(users, BellMessage.header(), FRAME);
      assertThat(numbers).containsOnlyKeys(users);
      assertThat(numbers.get(users.getFirst())).isEqualTo(new Numbers(before.epoch(), 2));
      await().until(() -> heard.messages.size() >= 21);
      assertThat(heard.messages)
        .filteredOn(message -> !message.channel().equals(Channel.user(users.getFirst())))
        .hasSize(19)
        .allSatisfy(message -> assertThat(message.frame()).endsWith("\"sequence\":1}"));
    } finally {
      some.forEach(Topics.Subscription::close);
    }
  }

  @Test
  void numbers_ofAnEmptiedRedis_areOfAnotherEpoch() {
    Numbers before = ring(ada);
    stores.flushRedis();
    Numbers after = ring(ada);
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(after.sequence()).isEqualTo(1);
  }

  @Test
  void reference_isReadBack() {
    Heard heard = new Heard();
    UUID conversation = UUID.randomUUID();
    UUID message = UUID.randomUUID();
    try (Topics.Subscription _ = listen(ada, heard)) {
      var numbers = bell.ring(List.of(ada), BellMessage.reference("edited", conversation, message), null);
      await().until(() -> !heard.messages.isEmpty());
      BellMessage.Reference reference = Objects.requireNonNull(heard.messages.getFirst().reference());
      Numbers own = Objects.requireNonNull(numbers.get(ada));
      assertThat(reference).isEqualTo(
          new BellMessage.Reference("edited", conversation, message, own.epoch(), own.sequence()));
      assertThat(BellMessage.Reference.of(reference.text())).isEqualTo(reference);
    }
  }

  @Test
  void lastFrame_isKnownAsTheLast() {
    Heard heard = new Heard();
    String session = Channel.session(grace);
    try (Topics.Subscription subscription = topics.subscribe(session, heard)) {
      await().until(subscription::hears);
      bell.publish(List.of(session), FRAME, /* isLast= */ true);
      await().until(() -> !heard.messages.isEmpty());
      assertThat(heard.messages.getFirst().isLast()).isTrue();
    }
  }

  @Test
  void closedSubscription_hearsNothing() {
    Heard closed = new Heard();
    Heard open = new Heard();
    Topics.Subscription first = listen(ada, closed);
    try (Topics.Subscription _ = listen(ada, open)) {
      first.close();
      first.close();
      ring(ada);
      await().until(() -> !open.messages.isEmpty());
      assertThat(closed.messages).isEmpty();
    }
  }

  @Test
  void brokenConnection_isReportedAsMissed_andHealsItself() {
    Heard heard = new Heard();
    try (Redis alone = stores.openRedis();
        Topics.Subscription subscription = new Topics(alone).subscribe(Channel.user(ada), heard)) {
      await().until(subscription::hears);
      stores.redisProxy().cut();
      await().until(() -> heard.missed.get() > 0);
      stores.redisProxy().restore();
      await().until(subscription::hears);
      List<BellMessage> before = new ArrayList<>(heard.messages);
      await().until(() -> {
        var _ = bell.ring(List.of(ada), BellMessage.header(), FRAME);
        return heard.messages.size() > before.size();
      });
    }
  }
}
