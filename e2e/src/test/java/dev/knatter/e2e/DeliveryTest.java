package dev.knatter.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Eight write at once, under ids up to a minute old; three wait and three poll. Nobody gets anything late. */
@OnProcesses
final class DeliveryTest {
  private static final int WRITERS = 8;
  private static final int OLDEST_MILLIS = 55_000;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Deployment deployment;
  private final User ada;
  private final User grace;

  DeliveryTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = User.create(deployment);
    this.grace = User.create(deployment);
  }

  @Test
  void message_underAnIdOfAnyAge_reachesWaitingReadersAtOnceAndOthersAtTheirNextRequest() {
    deliver(160);
  }

  @Test
  @Inside
  void message_withoutRedis_reachesReadersWithinTheirPollingInterval() {
    deployment.stores().redis().cut();
    try {
      deliver(40);
    } finally {
      StoreRecovery.of(deployment);
    }
  }

  private void deliver(int count) {
    List<ArrivalTimes> readers = ArrivalTimes.of(ada, grace);
    Map<String, Instant> acknowledged = new ConcurrentHashMap<>();
    Together.all(WRITERS + readers.size(), number -> {
      if (number < WRITERS) {
        write(number, count / WRITERS, acknowledged);
      } else {
        readers.get(number - WRITERS).until(count, acknowledged);
      }
      return number;
    });
    for (ArrivalTimes reader : readers) {
      reader.missedNothing();
      if (reader.waits()) {
        reader.cameWithin(SOON, acknowledged);
      }
    }
  }

  private void write(int number, int count, Map<String, Instant> acknowledged) {
    Random random = new Random(number);
    User sender = number % 2 == 0 ? ada : grace;
    User addressee = number % 2 == 0 ? grace : ada;
    for (int i = 0; i < count; i++) {
      Duration age = Duration
        .ofMillis(random.nextBoolean() ? random.nextInt(OLDEST_MILLIS) : random.nextInt(300));
      Message sent = Message.of(sender.send(Map.of("to", addressee.name(), "content",
          Secrets.text(number + ":" + i), "clientId", ClientIds.ago(age))));
      acknowledged.put(sent.id(), Instant.now());
    }
  }
}
