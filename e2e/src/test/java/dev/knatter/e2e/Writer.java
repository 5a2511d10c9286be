package dev.knatter.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.ClientIds;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.User;

/** A client that keeps trying, as the protocol says, until its message is acknowledged. */
final class Writer {
  /** A client that is less patient than the longest interruption sends again while its first attempt still stands. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  /** Far less than Retry-After says, and enough to leave the processors to whoever is to answer. */
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int OLDEST_SECONDS = 50;

  private User sender;
  private final String addressee;
  private final List<Pod> pods;
  private final Random random;

  Writer(User sender, String addressee, List<Pod> pods, long seed) {
    this.sender = sender;
    this.addressee = addressee;
    this.pods = pods;
    this.random = new Random(seed);
  }

  /** Returns the acknowledged message. Its id may be as old as is allowed, and so land before younger ones. */
  Message say(String text) {
    Duration age = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(OLDEST_SECONDS));
    String clientId = ClientIds.ago(age);
    while (true) {
      Map<String, String> fields = Map.of("to", addressee, "content", Secrets.text(text), "clientId",
          clientId);
      try {
        Answer answer = Client.tryExchange(pods.get(random.nextInt(pods.size())),
            User.message(fields).bearer(sender.token()), PATIENCE);
        switch (answer.status()) {
          case 503, 429 -> LockSupport.parkNanos(PAUSE.toNanos());
          case 401 -> sender = sender.again();
          case 422 -> clientId = answer.text("clientId");
          default -> {
            return Message.of(answer);
          }
        }
      } catch (IOException e) {
        // Nobody knows whether it was sent: that is what the clientId is for.
      }
    }
  }
}
