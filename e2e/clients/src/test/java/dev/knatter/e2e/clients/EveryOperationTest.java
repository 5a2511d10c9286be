package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.account.ExportLine;
import dev.knatter.client.account.NewAccount;
import dev.knatter.client.conversation.Conversation;
import dev.knatter.client.conversation.Conversations;
import dev.knatter.client.conversation.Member;
import dev.knatter.client.conversation.NewGroup;
import dev.knatter.client.conversation.Role;
import dev.knatter.client.follow.Listener;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.PageRequest;
import dev.knatter.client.people.ProfileChange;
import dev.knatter.client.people.PublicKey;
import dev.knatter.client.send.Draft;
import dev.knatter.client.webhook.NewWebhook;
import dev.knatter.client.webhook.Webhook;
import dev.knatter.client.webhook.WebhookChange;
import dev.knatter.e2e.clients.UnreliableProxy.Request;
import dev.knatter.embedded.Checkout;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.Yaml;

/** Calls every operation of docs/openapi.yaml, and looks at what passed the wire to know that none is missing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EveryOperationTest {
  @RegisterExtension
  static final Product product = new Product();

  /** Of each function, and not of the API. */
  private static final Set<String> OF_FUNCTIONS = Set.of("GET /healthz", "GET /metrics", "GET /",
      "GET /worker.js",
      "GET /assets/{file}");

  private static final List<KnatterClient> clients = new ArrayList<>();

  @AfterAll
  static void close() {
    clients.forEach(KnatterClient::close);
  }

  private static KnatterClient loggedIn(String name) {
    KnatterClient client = KnatterClient.at(product.proxy().address());
    clients.add(client);
    client.login(name, Product.PASSWORD);
    return client;
  }

  private static void isRefused(String type, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class,
        e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  @Test
  void accountsAndPeople() throws Exception {
    String name = product.register();
    String number = "+4420" + Math.abs(UUID.randomUUID().hashCode() % 90_000_000 + 10_000_000);
    KnatterClient client = loggedIn(name);
    isRefused(Problem.USERNAME_TAKEN,
        () -> client.accounts().register(new NewAccount(name, "another password", null, "Ada")));
    assertThat(client.accounts().keys().keys()).isNotEmpty();
    assertThat(client.people()
      .change(new ProfileChange().displayName("Ada").phoneNumber(number).readReceipts(false))
      .displayName()).isEqualTo("Ada");
    assertThat(client.people().lookup(number).username()).isEqualTo(name);
    assertThat(client.people().change(new ProfileChange().displayName(null)).displayName()).isNull();
    client.people().putKey(new PublicKey("phone-1", "X25519", "AAAA", "telephone"));
    assertThat(client.people().user(name).publicKeys()).extracting(PublicKey::keyId)
      .containsExactly("phone-1");
    client.people().deleteKey("phone-1");
    String other = product.register();
    client.people().block(other);
    assertThat(client.people().blocks()).hasSize(1);
    client.people().unblock(other);
    assertThat(client.people().me().publicKeys()).isEmpty();

    KnatterClient elsewhere = loggedIn(name);
    client.accounts().endSession(elsewhere.session().orElseThrow().sessionId());
    assertThat(client.accounts().sessions()).hasSize(1);
    client.accounts().changePassword(Product.PASSWORD, "another correct horse");
    List<ExportLine> lines = new ArrayList<>();
    client.accounts().export(null, lines::add);
    assertThat(lines).extracting(ExportLine::type).startsWith("export", "profile").endsWith("end");
    UUID erasure = client.accounts().erase("another correct horse").erasureId();
    assertThat(client.accounts().erasure(erasure).startedAt()).isNotNull();
    KnatterClient leaving = loggedIn(other);
    leaving.logout();
    assertThat(leaving.session()).isEmpty();
  }

  @Test
  void renewal() {
    String name = product.register();
    KnatterClient client = loggedIn(name);
    var session = client.session().orElseThrow();
    assertThat(client.api().session().renewed(session.userId(), session.accessToken()))
      .isNotEqualTo(session.accessToken());
  }

  @Test
  void messages() throws Exception {
    String ada = product.register();
    String grace = product.register();
    KnatterClient client = loggedIn(ada);
    Message sent = client.send(Draft.to(grace, "Hello")).get(60, TimeUnit.SECONDS);
    UUID conversation = sent.conversationId();
    Message reply = client
      .send(Draft.in(conversation, "**Again**").contentType("text/markdown").replyTo(sent.id()))
      .get(60, TimeUnit.SECONDS);
    assertThat(reply.replyTo()).isEqualTo(sent.id());
    assertThat(client.messages().edit(conversation, sent.id(), "Hello, Grace").version()).isEqualTo(2);
    client.messages().react(conversation, sent.id(), "👋");
    client.messages().unreact(conversation, sent.id(), "👋");
    client.messages().read(conversation, reply.id());
    client.messages().delete(conversation, reply.id());
    var page = client.messages().page(PageRequest.with(grace));
    assertThat(page.messages()).extracting(Message::deleted).containsExactly(true, false);
    String cursor = Objects.requireNonNull(client.messages().page(PageRequest.inbox().limit(1)).previous());
    assertThat(
        client.messages().page(PageRequest.inbox().after(cursor).waiting(Duration.ofSeconds(1))).next())
      .isNotNull();
    isRefused(Problem.NOT_FOUND, () -> client.messages().page(PageRequest.with("nobody-of-this-name")));
  }

  @Test
  void groups() {
    String owner = product.register();
    String member = product.register();
    Conversations conversations = loggedIn(owner).conversations();
    Conversation group = conversations.create(new NewGroup("Engines", List.of(member)));
    UUID id = group.conversationId();
    assertThat(conversations.rename(id, "Difference engines", group.version()).name())
      .isEqualTo("Difference engines");
    isRefused(Problem.PRECONDITION_FAILED, () -> conversations.rename(id, "Too late", group.version()));
    assertThat(conversations.retain(id, 30, null).retentionDays()).isEqualTo(30);
    String third = product.register();
    assertThat(conversations.add(id, List.of(third), Role.MODERATOR, null).memberCount()).isEqualTo(3);
    assertThat(conversations.members(id, 100, null).members()).extracting(Member::username)
      .contains(owner, third);
    conversations.setRole(id, third, Role.MEMBER, null);
    conversations.remove(id, third, null);
    conversations.mute(id);
    assertThat(conversations.get(id).muted()).isTrue();
    conversations.unmute(id);
    assertThat(conversations.receipts(id)).isEmpty();
    assertThat(conversations.page(10, null).conversations()).extracting(Conversation::conversationId)
      .contains(id);
    conversations.delete(id, null);
  }

  @Test
  void webhooks() {
    KnatterClient client = loggedIn(product.register());
    Webhook webhook = client.webhooks().create(new NewWebhook("http://127.0.0.1:9/knatter"));
    assertThat(webhook.secret()).isNotNull();
    assertThat(
        client.webhooks().change(webhook.webhookId(), new WebhookChange(null, List.of(), "enabled")).state())
      .isEqualTo("enabled");
    assertThat(client.webhooks().rotate(webhook.webhookId()).secret()).isNotEqualTo(webhook.secret());
    assertThat(client.webhooks().test(webhook.webhookId()).delivered()).isFalse();
    assertThat(client.webhooks().deliveries(webhook.webhookId())).isNotNull();
    assertThat(client.webhooks().list()).hasSize(1);
    client.webhooks().delete(webhook.webhookId());
  }

  @Test
  void deadLetters() {
    product.register(Product.OPERATOR);
    KnatterClient operator = loggedIn(Product.OPERATOR);
    UUID nothing = UUID.randomUUID();
    assertThat(operator.deadLetters().page(10, null).deadLetters()).isEmpty();
    assertThat(operator.deadLetters().retryMany("dev.knatter.none", null).retried()).isZero();
    isRefused(Problem.NOT_FOUND, () -> operator.deadLetters().get(nothing));
    isRefused(Problem.NOT_FOUND, () -> operator.deadLetters().retry(nothing));
    operator.deadLetters().delete(nothing);
  }

  @Test
  void stream() {
    KnatterClient client = loggedIn(product.register());
    client.people().presence(true);
    assertThat(client.api().exchange(Call.post("/v1/stream/ticket", null).expecting(201)).status())
      .isEqualTo(201);
    try (var following = client.follow(null, new Listener() {
    })) {
      following.visible(true);
      await()
        .until(() -> calls().stream().anyMatch(call -> call.startsWith("GET /v1/stream")));
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void operationsOfTheDescription_wereAllCalled() throws IOException {
    Set<String> called = calls();
    assertThat(described()).as("called were %s", called)
      .allSatisfy(operation -> assertThat(called).anyMatch(call -> call.matches(operation)));
  }

  private static Set<String> calls() {
    return product.proxy()
      .requests()
      .stream()
      .map(EveryOperationTest::call)
      .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String call(Request request) {
    return request.method() + " " + request.path();
  }

  /** As patterns of method and path. */
  private static List<String> described() throws IOException {
    Map<String, Map<String, Map<String, Object>>> document = new Yaml()
      .load(Files.readString(Checkout.root().resolve("docs/openapi.yaml")));
    return Objects.requireNonNull(document.get("paths"))
      .entrySet()
      .stream()
      .flatMap(path -> path.getValue()
        .keySet()
        .stream()
        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
      .filter(operation -> !OF_FUNCTIONS.contains(operation) && !operation.startsWith("PARAMETERS"))
      .map(operation -> operation.replace(".", "\\.").replaceAll("\\{[^/]+}", "[^/]+"))
      .toList();
  }
}
