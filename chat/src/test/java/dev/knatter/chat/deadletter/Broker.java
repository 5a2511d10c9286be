package dev.knatter.chat.deadletter;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a retry posts to, in the process of the test. */
final class Broker implements Resend {
  final List<Map<String, String>> posted = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile int status = 202;
  private volatile String bad = "";
  private volatile Consumer<DeadLetter> consumer = _ -> {};

  /** Answers this from now on; 0 for no answer. */
  void answer(int nextStatus) {
    status = nextStatus;
  }

  /** Answers 503 to the event with this id, whatever happens. */
  void neverAccept(String id) {
    bad = id;
  }

  /** Has each accepted event handled before the answer goes out. */
  void deliverTo(Consumer<DeadLetter> handler) {
    consumer = handler;
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  @Override
  public int post(Map<String, String> attributes, byte[] data) throws IOException {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      if (bad.equals(attributes.get("id"))) {
        return 503;
      }
      if (status == 0) {
        throw new IOException("away");
      }
      if (status < 300) {
        posted.add(attributes);
        consumer.accept(DeadLetter.of(attributes, data));
      }
      return status;
    } finally {
      inFlight.decrementAndGet();
    }
  }
}
