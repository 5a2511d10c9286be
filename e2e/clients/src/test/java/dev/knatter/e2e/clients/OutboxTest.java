package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.PageRequest;
import dev.knatter.client.send.Draft;
import dev.knatter.client.send.FileOutbox;
import dev.knatter.client.send.OutboxEntry;
import dev.knatter.e2e.clients.UnreliableProxy.Exchange;
import dev.knatter.e2e.clients.UnreliableProxy.Fate;
import dev.knatter.e2e.clients.UnreliableProxy.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is stored before a request leaves, and what an earlier run has left. */
final class OutboxTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir
  private Path folder;

  @AfterEach
  void passEverything() {
    product.proxy().rule(_ -> Fate.PASSED);
  }

  private ClientAndName open() {
    String name = product.register();
    KnatterClient client = KnatterClient.builder(product.proxy().address()).folder(folder).build();
    client.login(name, Product.PASSWORD);
    return new ClientAndName(client, name);
  }

  private record ClientAndName(KnatterClient client, String name) {}

  private static List<Exchange> sends(String content) {
    return product.proxy()
      .exchanges()
      .stream()
      .filter(each -> each.request().path().equals("/v1/send") && each.request().body().contains(content))
      .toList();
  }

  @Test
  void requestLeaves_onlyWithAClientIdThatIsStored() throws Exception {
    List<String> missing = new ArrayList<>();
    try (KnatterClient client = open().client()) {
      product.proxy().rule(request -> {
        if (request.path().equals("/v1/send") && !stored(request)) {
          missing.add(request.body());
        }
        return Fate.PASSED;
      });
      for (int i = 0; i < 20; i++) {
        client.send(Draft.to(client.session().orElseThrow().username(), "stored first " + i))
          .get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(sends("stored first")).hasSize(20);
    assertThat(missing).isEmpty();
  }

  private static String clientId(Request request) {
    return request.body().replaceAll("(?s).*\"clientId\":\"([^\"]*)\".*", "$1");
  }

  private boolean stored(Request request) {
    String id = clientId(request);
    try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
      return files.filter(file -> file.toString().endsWith(".json"))
        .map(OutboxTest::read)
        .anyMatch(text -> text.contains(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void entryWithAStaleId_isSentOnceUnderTheIdThatTheServerGives() throws Exception {
    ClientAndName first = open();
    UUID user = first.client().session().orElseThrow().userId();
    first.client().close();
    UUID stale = new UUID((Instant.now().minus(Duration.ofHours(1)).toEpochMilli() << 16) | 0x7000,
        0x8000_0000_0000_0001L);
    leave(user, Draft.to(first.name(), "an hour old"), stale);
    try (KnatterClient client = KnatterClient.builder(product.proxy().address()).folder(folder).build()) {
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(client.messages().page(PageRequest.with(first.name())).messages())
        .extracting(Message::content)
        .containsExactly("an hour old");
    }
    List<Exchange> sends = sends("an hour old");
    assertThat(sends).extracting(Exchange::status).containsExactly(422, 201);
    assertThat(sends.getFirst().request().body()).contains(stale.toString());
    assertThat(sends.getLast().request().body()).doesNotContain(stale.toString());
  }

  @Test
  void entryThatWasSent_andNotRemoved_isOneMessage() throws Exception {
    ClientAndName first = open();
    Message message = first.client().send(Draft.to(first.name(), "once")).get(60, TimeUnit.SECONDS);
    UUID user = first.client().session().orElseThrow().userId();
    first.client().close();
    UUID clientId = UUID.fromString(clientId(sends("once").getFirst().request()));
    leave(user, Draft.to(first.name(), "once"), clientId);
    try (KnatterClient client = KnatterClient.builder(product.proxy().address()).folder(folder).build()) {
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(client.messages().page(PageRequest.with(first.name())).messages()).extracting(Message::id)
        .containsExactly(message.id());
    }
  }

  @Test
  void refusedMessage_isTold_andTheNextOneIsSent() throws Exception {
    ClientAndName first = open();
    try (KnatterClient client = first.client()) {
      UUID nowhere = UUID.randomUUID();
      assertThatThrownBy(() -> client.send(Draft.in(nowhere, "to nobody")).get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(Problem.NOT_FOUND));
      assertThat(client.flush(PATIENCE)).isTrue();
    }
  }

  @Test
  void messageOfAnEndedSession_isSentAfterTheNextLogin_andNeverByAnotherUser() throws Exception {
    ClientAndName first = open();
    String other = product.register();
    try (KnatterClient client = first.client(); KnatterClient elsewhere = product.client(first.name())) {
      product.proxy().rule(request -> request.path().equals("/v1/send") ? Fate.CUT_BEFORE : Fate.PASSED);
      CompletableFuture<Message> waiting = client.send(Draft.to(first.name(), "in the name of the first"));
      elsewhere.logout(/* everywhere= */ true);
      await().atMost(PATIENCE).until(() -> !isOpen(client)); // every function refuses the token within five seconds
      assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).cause()
        .isInstanceOf(SessionEndedException.class);
      product.proxy().rule(_ -> Fate.PASSED);

      client.login(other, Product.PASSWORD);
      client.send(Draft.to(other, "in the name of the other")).get(60, TimeUnit.SECONDS);
      assertThat(client.flush(PATIENCE)).as("nothing waits for a login").isFalse();
      assertThat(sends("in the name of the first")).isEmpty();

      client.login(first.name(), Product.PASSWORD);
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(client.messages().page(PageRequest.with(first.name())).messages())
        .extracting(Message::content)
        .containsExactly("in the name of the first");
    }
  }

  private static boolean isOpen(KnatterClient client) {
    try {
      return !client.people().me().username().isEmpty();
    } catch (SessionEndedException e) {
      return false;
    }
  }

  /** Leaves an entry behind, as a program that stopped after an attempt. */
  private void leave(UUID user, Draft draft, UUID clientId) {
    try (FileOutbox outbox = FileOutbox.open(folder.resolve("outbox"))) {
      assertThat(outbox.entries()).isEmpty();
      OutboxEntry entry = outbox.add(user, draft);
      outbox.update(new OutboxEntry(entry.number(), user, draft, clientId, entry.addedAt()));
    }
  }
}
