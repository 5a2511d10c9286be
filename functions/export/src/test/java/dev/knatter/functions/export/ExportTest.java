package dev.knatter.functions.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Device.PublicKey;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.change.Changing;
import dev.knatter.chat.change.EditCommand;
import dev.knatter.chat.change.MessageName;
import dev.knatter.chat.change.ReactCommand;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.deadletter.Backoff;
import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeadLetterMeters;
import dev.knatter.chat.deadletter.DeadLetters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reaction.Emoji;
import dev.knatter.chat.reading.ReadCommand;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.Reading;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revoker;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ExportTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Random random = new Random(10);
  private static Installation installation;
  private static Pod pod;
  private static MessageLog messages;
  private static Outbox outbox;

  private final Identity ada = register("ada");
  private final Identity grace = register("grace");

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(ExportEndpoints::endpoints);
    var cassandra = installation.stores().cassandra();
    outbox = new Outbox(cassandra, new Inbox(cassandra), installation.ids(), random);
    messages = new MessageLog(cassandra, Clock.systemUTC(), random, new Slices(cassandra, Clock.systemUTC()),
        outbox);
  }

  @BeforeEach
  void awaitStores() {
    installation.awaitStores(pod);
  }

  @AfterAll
  static void close() {
    outbox.close();
    pod.close();
    installation.close();
  }

  private static Identity register(String name) {
    return installation.register(name + "-" + Long.toHexString(random.nextLong()));
  }

  private Message say(Identity from, Identity to, String content) {
    Draft draft = new Draft(Conversation.direct(from.userId(), to.userId()), from.userId(), content,
        "text/plain", null, null);
    return messages.append(draft, installation.ids().mint()).message();
  }

  /** What both say to each other, several things at once. */
  private List<Message> talk(int count, String content) throws InterruptedException {
    List<Callable<Message>> sends = IntStream.range(0, count)
      .<Callable<Message>>mapToObj(
          i -> () -> i % 2 == 0 ? say(ada, grace, content + i) : say(grace, ada, content + i))
      .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      return threads.invokeAll(sends).stream().map(Future::resultNow).toList();
    }
  }

  private Reader export(String query) {
    return new Reader(pod.stream("/v1/me/export" + query, "Authorization", installation.authorization(ada)));
  }

  private Answer refused(String query, String... headers) {
    return pod.get("/v1/me/export" + query, headers);
  }

  private static List<String> ids(List<JsonNode> lines) {
    return Reader.of("message", lines).stream().map(line -> line.path("id").asString()).toList();
  }

  private static List<String> idsOf(List<Message> sent) {
    return sent.stream().map(message -> message.id().toString()).toList();
  }

  @Test
  void messageThatWasChanged_isExportedAsItIsNow_withWhatTheUserReactedToIt() {
    Message hers = say(ada, grace, "helo");
    Message graces = say(grace, ada, "a nanosecond");
    Changing changing = Changing.open(installation.stores(),
        Publishing.open(installation.env(), installation.stores()), random);
    changing.reacting()
      .react(ada.userId(), new ReactCommand(name(graces), new Emoji("x"), false), /* invalidated= */ false);
    Message edited = changing.editing()
      .edit(ada.userId(), new EditCommand(name(hers), "hello", null, null), /* invalidated= */ false);

    List<JsonNode> lines = Reader.of("message", export("").rest());
    assertThat(lines).filteredOn(line -> line.path("id").asString().equals(hers.id().toString()))
      .isNotEmpty()
      .allSatisfy(line -> {
        assertThat(line.path("content").asString()).isEqualTo(edited.content());
        assertThat(line.path("version").asInt()).isEqualTo(2);
      });
    assertThat(lines).filteredOn(line -> line.path("id").asString().equals(graces.id().toString()))
      .isNotEmpty()
      .allSatisfy(line -> {
        assertThat(line.at("/reactions/0/emoji").asString()).isEqualTo("x");
        assertThat(line.at("/reactions/0/mine").asBoolean()).isTrue();
      });
  }

  private static MessageName name(Message message) {
    return new MessageName(message.conversationId(), message.id());
  }

  @Test
  void export_isAllThatIsKeptOfSomebody() {
    var cassandra = installation.stores().cassandra();
    new Profiles(cassandra).rename(ada.userId(), "Ada Lovelace");
    new PhoneNumbers(cassandra).change(ada.userId(), ada.username(), "+442071838750");
    new Blocks(cassandra, new UserInvalidations(installation.stores().redis())).block(ada, grace.userId());
    UUID session = installation
      .login(ada, new Device("pocket", "push:1", new PublicKey("k", "X25519", "AAAA")))
      .identity()
      .sessionId();
    stores.session()
      .execute(
          "INSERT INTO outside_identities_of_user (user_id, issuer, subject) VALUES (?, 'https://id', '1')",
          ada.userId());
    new Webhooks(cassandra, Clock.systemUTC()).create(ada.userId(), UUID.randomUUID(),
        new NewWebhook(URI.create("https://hooks.example.com/"), Set.of(), null, null));
    new DeadLetters(cassandra, Clock.systemUTC(), _ -> Optional.of(ada.userId()), new Backoff(3),
        new DeadLetterMeters())
      .arrived(DeadLetter.of(Map.of("id", "1", "source", "/crm", "type", "dev.knatter.message.send.v1"),
          new byte[]{'a', (byte) 0xff}));
    Message said = say(ada, grace, "Hello 👋");
    Slices slices = new Slices(cassandra, Clock.systemUTC());
    new Reading(cassandra, Clock.systemUTC(), new Memberships(cassandra), new TimelineRows(cassandra, slices),
        new ReadMarks(cassandra))
      .mark(ada.userId(), new ReadCommand(said.conversationId(), said.id()));
    List<JsonNode> lines = export("").rest();

    assertThat(lines.getFirst().path("type").asString()).isEqualTo("export");
    assertThat(lines.getFirst().path("format").asString()).isEqualTo("knatter-export");
    assertThat(lines.getFirst().path("version").asInt()).isOne();
    assertThat(lines).extracting(line -> line.path("type").asString())
      .containsExactly("export", "profile", "publicKey", "session", "block", "outsideIdentity", "webhook",
          "readMark", "deadLetter", "message", "cursor", "end");
    JsonNode profile = lines.get(1);
    assertThat(profile.path("username").asString()).isEqualTo(ada.username());
    assertThat(profile.path("displayName").asString()).isEqualTo("Ada Lovelace");
    assertThat(profile.path("phoneNumber").asString()).isEqualTo("+442071838750");
    assertThat(lines.get(2).path("publicKey").asString()).isEqualTo("AAAA");
    JsonNode open = lines.get(3);
    assertThat(open.path("sessionId").asString()).isEqualTo(session.toString());
    assertThat(open.path("device").asString()).isEqualTo("pocket");
    assertThat(open.path("address").asString()).isEqualTo("push:1");
    assertThat(open.toString()).doesNotContainIgnoringCase("hash").doesNotContainIgnoringCase("token");
    assertThat(lines.get(4).path("username").asString()).isEqualTo(grace.username());
    assertThat(lines.get(5).path("issuer").asString()).isEqualTo("https://id");
    assertThat(lines.get(6).path("url").asString()).isEqualTo("https://hooks.example.com/");
    assertThat(lines.get(6).toString()).doesNotContainIgnoringCase("secret").doesNotContain("whsec");
    assertThat(lines.get(7).path("upTo").asString()).isEqualTo(said.id().toString());
    assertThat(lines.get(8).path("eventType").asString()).isEqualTo("dev.knatter.message.send.v1");
    assertThat(lines.get(8).path("dataBase64").asString()).isEqualTo("Yf8=");
    JsonNode message = lines.get(9);
    assertThat(message.path("id").asString()).isEqualTo(said.id().toString());
    assertThat(message.path("sender").asString()).isEqualTo(ada.username());
    assertThat(message.path("recipient").asString()).isEqualTo(grace.username());
    assertThat(message.path("content").asString()).isEqualTo("Hello 👋");
    assertThat(lines.getLast().path("messages").asInt()).isOne();
  }

  @Test
  void moreThanAThousandMessages_areInTheExportInTheirOrder() throws Exception {
    List<Message> said = talk(1_200, "number ");
    List<JsonNode> lines = export("").rest();

    assertThat(Reader.of("message", lines)).extracting(line -> line.path("content").asString())
      .containsExactlyInAnyOrderElementsOf(said.stream().map(Message::content).toList());
    assertThat(ids(lines)).isEqualTo(inbox());
    assertThat(lines.getLast().path("type").asString()).isEqualTo("end");
    assertThat(lines.getLast().path("messages").asInt()).isEqualTo(1_200);
  }

  /** The ids in the order in which they arrived. */
  private List<String> inbox() {
    return stores.session()
      .execute("SELECT id FROM inbox WHERE user_id = ? AND month = ? ORDER BY position ASC", ada.userId(),
          Inbox.month(Clock.systemUTC().millis()))
      .all()
      .stream()
      .map(row -> String.valueOf(row.getUuid("id")))
      .toList();
  }

  @Test
  void exportThatWasCut_goesOnAtItsLastCursor() throws Exception {
    List<Message> said = talk(400, "number ");
    List<JsonNode> arrived = new ArrayList<>();
    try (Reader reader = export("")) {
      while (Reader.of("message", arrived).size() < 130) {
        arrived.add(reader.next());
      }
    }
    List<JsonNode> rest = resume(arrived);

    assertThat(rest.getFirst().path("type").asString()).isEqualTo("export");
    assertThat(Reader.of("profile", rest)).isEmpty();
    assertThat(rest.getLast().path("type").asString()).isEqualTo("end");
    Set<String> all = new HashSet<>(ids(arrived));
    all.addAll(ids(rest));
    assertThat(all).isEqualTo(Set.copyOf(idsOf(said)));
    assertThat(ids(rest)).hasSizeLessThanOrEqualTo(said.size() - 100);
  }

  private List<JsonNode> resume(List<JsonNode> arrived) {
    String cursor = Reader.of("cursor", arrived).getLast().path("after").asString();
    return export("?after=" + cursor).rest();
  }

  /** Only what the network holds of it is made before it is read. */
  @Test
  void storeThatIsCutOffOnTheWay_endsTheAnswerWithoutItsEnd() throws Exception {
    List<Message> said = talk(900, "x".repeat(16_000)); // more than the network holds
    List<JsonNode> arrived = new ArrayList<>();
    try (Reader reader = export("")) {
      while (Reader.of("cursor", arrived).isEmpty()) {
        arrived.add(reader.next());
      }
      stores.cassandra().cut();
      arrived.addAll(reader.rest());
    } finally {
      stores.cassandra().restore();
    }
    installation.awaitStores(pod);

    assertThat(Reader.of("end", arrived)).isEmpty();
    assertThat(ids(arrived)).isNotEmpty().hasSizeLessThan(said.size());
    List<JsonNode> rest = resume(arrived);
    assertThat(rest.getLast().path("type").asString()).isEqualTo("end");
    Set<String> all = new HashSet<>(ids(arrived));
    all.addAll(ids(rest));
    assertThat(all).isEqualTo(said.stream().map(each -> each.id().toString()).collect(Collectors.toSet()));
  }

  @Test
  void sessionThatEndsOnTheWay_endsTheExport() throws Exception {
    talk(900, "x".repeat(16_000));
    try (Reader reader = export("")) {
      assertThat(reader.next()).isNotNull();
      new Revoker(installation.stores().cassandra(), new Uuid7(Clock.systemUTC()))
        .revoke(List.of(ada.sessionId()));
      await().until(
          () -> refused("?after=forged", "Authorization", installation.authorization(ada)).status() == 401);
      assertThat(Reader.of("end", reader.rest())).isEmpty();
    }
  }

  @Test
  void withoutCassandra_is503() {
    stores.cassandra().cut();
    Answer answer = refused("", "Authorization", installation.authorization(ada));
    stores.cassandra().restore();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:unavailable");
  }

  @ParameterizedTest
  @CsvSource({"?after=forged, /after", "?after=, /after", "?before=x, /before", "?after=a&after=b, /after"})
  void queryThatIsNone_is400AndNamesWhere(String query, String pointer) {
    Answer answer = refused(query, "Authorization", installation.authorization(ada));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void cursorOfSomebodyElse_is400() throws Exception {
    talk(2, "hello ");
    String cursor = Reader.of("cursor", export("").rest()).getLast().path("after").asString();
    assertThat(refused("?after=" + cursor, "Authorization", installation.authorization(grace)).status())
      .isEqualTo(400);
  }

  @Test
  void whoTakesNoLines_is406AndWhoTakesLinesGetsThem() {
    String token = installation.authorization(ada);
    assertThat(refused("", "Authorization", token, "Accept", "application/json").status()).isEqualTo(406);
    assertThat(pod.stream("/v1/me/export", "Authorization", token, "Accept", "application/x-ndjson"))
      .isNotNull();
  }

  @Test
  void exports_areLimited() {
    String token = installation.authorization(ada);
    for (int i = 0; i < RateLimit.EXPORT.capacity(); i++) {
      refused("?after=forged", "Authorization", token);
    }
    assertThat(refused("", "Authorization", token).status()).isEqualTo(429);
  }

  @Test
  void stranger_is401() {
    assertThat(refused("").status()).isEqualTo(401);
  }
}
