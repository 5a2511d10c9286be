package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.session.FileSessionStore;
import dev.knatter.client.session.MemorySessionStore;
import dev.knatter.client.session.SessionStore;
import dev.knatter.client.session.StoredSession;
import dev.knatter.e2e.clients.UnreliableProxy.Fate;
import dev.knatter.e2e.clients.UnreliableProxy.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Renewals: one at a time, by however many threads and programs. */
final class SessionTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final int THREADS = 16;

  @TempDir
  private Path folder;

  @AfterEach
  void passEverything() {
    product.proxy().rule(_ -> Fate.PASSED);
  }

  private KnatterClient client(SessionStore store) {
    return KnatterClient.builder(product.proxy().address())
      .sessions(store)
      .timeout(Duration.ofSeconds(5))
      .build();
  }

  /** A store with a session whose access token is refused, and whose refresh token is good. */
  private void storeWithARefusedToken(SessionStore store) {
    try (KnatterClient client = client(store)) {
      client.login(product.register(), Product.PASSWORD);
    }
    StoredSession session = store.load().orElseThrow();
    store.save(new StoredSession(session.username(), session.userId(), session.sessionId(), "spent",
        session.renewAt(), session.refreshToken()));
  }

  private static boolean isRenewal(Request request) {
    return request.path().equals("/v1/refresh");
  }

  private static long renewals() {
    return product.proxy().exchanges().stream().filter(each -> isRenewal(each.request())).count();
  }

  /** All at the same moment. */
  private static void askTogether(List<KnatterClient> clients) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = IntStream.range(0, THREADS).mapToObj(i -> threads.submit(() -> {
        barrier.await();
        return clients.get(i % clients.size()).people().me().username();
      })).toList();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isNotEmpty();
      }
    }
  }

  @Test
  void refusedToken_ofManyThreads_isRenewedOnce() throws Exception {
    SessionStore store = new MemorySessionStore();
    storeWithARefusedToken(store);
    long before = renewals();
    try (KnatterClient client = client(store)) {
      askTogether(List.of(client));
    }
    assertThat(renewals() - before).isEqualTo(1);
  }

  @Test
  void refusedToken_ofTwoProgramsWithOneFile_isRenewedOnce_andTheFileIsPrivate() throws Exception {
    Path file = folder.resolve("session.json");
    storeWithARefusedToken(new FileSessionStore(file));
    long before = renewals();
    try (KnatterClient one = client(new FileSessionStore(file));
        KnatterClient other = client(new FileSessionStore(file))) {
      askTogether(List.of(one, other));
    }
    assertThat(renewals() - before).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void renewalWhoseAnswerIsLost_isAskedForAgain() {
    SessionStore store = new MemorySessionStore();
    storeWithARefusedToken(store);
    var tried = ConcurrentHashMap.newKeySet();
    product.proxy()
      .rule(request -> isRenewal(request) && tried.add("once") ? Fate.CUT_WITHIN : Fate.PASSED);
    try (KnatterClient client = client(store)) {
      assertThat(client.people().me().username()).isEqualTo(client.session().orElseThrow().username());
      assertThat(client.accounts().sessions()).hasSize(1);
    }
    assertThat(tried).isNotEmpty();
  }

  @Test
  void sessionThatEndedElsewhere_isForgotten() {
    SessionStore store = new MemorySessionStore();
    try (KnatterClient client = client(store)) {
      String name = product.register();
      client.login(name, Product.PASSWORD);
      try (KnatterClient elsewhere = product.client(name)) {
        elsewhere.logout(/* everywhere= */ true);
      }
      await().atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThatThrownBy(() -> client.people().me())
          .isInstanceOf(SessionEndedException.class));
    }
    assertThat(store.load()).isEmpty();
  }
}
