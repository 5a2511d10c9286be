package dev.knatter.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;

/** Brings the stores back, and waits until every process has noticed: a process stays ready while a store is away. */
final class StoreRecovery {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StoreRecovery() {}

  static void of(Deployment deployment) {
    deployment.stores().cassandra().restore();
    deployment.stores().redis().restore();
    User user = Awaitility.await("accounts can be made again")
      .atMost(PATIENCE)
      .ignoreExceptionsInstanceOf(AssertionError.class)
      .until(() -> User.create(deployment), created -> true);
    List<Request> requests = List.of(User.registration(user.name(), user.password()),
        User.credentials(User.freeName(), user.password()),
        User.message(Map.of("to", User.freeName(), "content", Secrets.text("x"))),
        User.reading());
    for (Request request : requests) {
      for (Pod pod : deployment.running(request.path())) {
        Awaitility.await(pod + " has its stores again")
          .atMost(PATIENCE)
          .until(() -> user.exchange(pod, request).status() != 503);
      }
    }
  }
}
