package dev.knatter.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which events of one Trigger wait for each other. */
final class OrderTest {
  private static final Delivery ONE_RETRY = new Delivery(1, Delivery.Backoff.EXPONENTIAL,
      Duration.ofSeconds(1));

  private final CountDownLatch pause = new CountDownLatch(1);
  @AutoClose
  private final InMemoryBroker broker = new InMemoryBroker(0, "/knatter/default", 1 << 20, _ -> pause.await(),
      Clock.systemUTC());
  @AutoClose
  private final Producer producer = new Producer(broker);

  private void subscribe(Receiver receiver, boolean ordered) {
    broker.subscribe(new Trigger("any", Map.of(), ordered, receiver.uri(), ONE_RETRY, null));
  }

  @Test
  void ordered_eventsOfOneKeyWaitForEachOtherAlsoWhileOneIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Receiver receiver = new Receiver(received -> Receiver.Reply
      .of(received.id().equals("a1") && attempts.incrementAndGet() == 1 ? 503 : 202))) {
      subscribe(receiver, true);
      producer.send("sent", "a1", "a");
      producer.send("sent", "a2", "a");
      producer.send("sent", "a3", "a");
      assertThat(receiver.next().id()).isEqualTo("a1");
      producer.send("sent", "b1", "b");
      assertThat(receiver.next().id()).isEqualTo("b1");
      producer.send("sent", "none", null);
      assertThat(receiver.next().id()).isEqualTo("none");

      pause.countDown();
      assertThat(List.of(receiver.next().id(), receiver.next().id(), receiver.next().id()))
        .containsExactly("a1", "a2", "a3");
    }
  }

  @Test
  void ordered_manyEvents_comeInTheOrderInWhichTheyWereTaken() throws Exception {
    try (Receiver receiver = Receiver.answering(202)) {
      subscribe(receiver, true);
      List<String> sent = new ArrayList<>();
      List<String> received = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        sent.add("a" + i);
        producer.send("sent", "a" + i, "a");
      }
      for (int i = 0; i < 100; i++) {
        received.add(receiver.next().id());
      }
      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void unordered_eventsOfOneKeyDoNotWait() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (Receiver receiver = new Receiver(received -> {
      if (received.id().equals("a1")) {
        goOn.await();
      }
      return Receiver.Reply.of(202);
    })) {
      subscribe(receiver, false);
      producer.send("sent", "a1", "a");
      assertThat(receiver.next().id()).isEqualTo("a1");
      producer.send("sent", "a2", "a");
      assertThat(receiver.next().id()).isEqualTo("a2");
      goOn.countDown();
    }
  }

  @Test
  void unordered_atMost32DeliveriesRunAtOnce() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Receiver receiver = new Receiver(_ -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      goOn.await();
      running.decrementAndGet();
      return Receiver.Reply.of(202);
    })) {
      subscribe(receiver, false);
      for (int i = 0; i < 50; i++) {
        producer.send("sent", "a" + i, null);
      }
      Awaitility.await().until(() -> running.get() == 32);
      goOn.countDown();
      Awaitility.await().until(() -> receiver.count() == 50);
      assertThat(most).hasValue(32);
    }
  }
}
