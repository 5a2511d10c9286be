package dev.knatter.functions.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.ConversationActivity;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ConversationsTest {
  private static final String PATH = "/v1/conversations";

  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest(PATH, ConversationsEndpoints::endpoints);

  private final Identity ada = function.register("ada");
  private final Identity grace = function.register("grace");
  private int touches;

  private Answer created(String name, Identity... members) {
    Answer answer = function.post(ada,
        Map.of("name", name, "members", Stream.of(members).map(Identity::username).toList()));
    assertThat(answer.status()).isEqualTo(201);
    return answer;
  }

  @Test
  void group_isCreatedListedChangedAndDeleted() {
    Answer created = created("Engines", grace);
    String id = "/" + created.text("conversationId");
    assertThat(created.header("ETag")).contains("\"1\"");
    assertThat(created.header("Location")).contains(PATH + id);
    assertThat(created.text("role")).isEqualTo("owner");
    assertThat(created.body().has("unread")).isFalse();

    JsonNode found = function.get(grace, id).body();
    assertThat(found.path("kind").asString()).isEqualTo("group");
    assertThat(found.path("name").asString()).isEqualTo("Engines");
    assertThat(found.path("role").asString()).isEqualTo("member");
    assertThat(found.path("history").asString()).isEqualTo("all");
    assertThat(found.path("memberCount").asInt()).isEqualTo(2);
    assertThat(found.path("members").path(1).asString()).isEqualTo(grace.username());
    assertThat(found.path("muted").asBoolean()).isFalse();
    assertThat(found.has("retentionDays")).isFalse();
    Answer renamed = function.send(ada, "PATCH", id, Map.of("name", "Looms", "retentionDays", 30), "If-Match",
        "\"1\"");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.header("ETag")).contains("\"2\"");
    assertThat(function.get(grace, id).body().path("retentionDays").asInt()).isEqualTo(30);
    assertThat(function.send(grace, "DELETE", id, "").status()).isEqualTo(403);
    assertThat(function.send(ada, "DELETE", id, "").status()).isEqualTo(204);
    assertThat(function.get(grace, id).status()).isEqualTo(404);
    assertThat(function.get(grace, "").body().path("conversations")).isEmpty();
  }

  @Test
  void list_hasTheNewestActivityFirst_pageByPage() {
    List<String> ids = new ArrayList<>(
        IntStream.range(0, 5).mapToObj(i -> created("Group " + i).text("conversationId")).toList());
    Conversation direct = Conversation.direct(ada.userId(), grace.userId());
    function.realStores()
      .session()
      .execute("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, ?, ?, 0)",
          direct.id(),
          direct.kind(), direct.members());
    touch(direct.id());
    touch(UUID.fromString(ids.getFirst()));
    ids.add(direct.id().toString());
    ids.add(ids.removeFirst());
    Collections.reverse(ids);

    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      Answer page = function.get(ada, "?limit=2" + (next.isEmpty() ? "" : "&before=" + next));
      page.body()
        .path("conversations")
        .valueStream()
        .map(each -> each.path("conversationId").asString())
        .forEach(listed::add);
      next = page.text("next");
    } while (!next.isEmpty());
    assertThat(listed).isEqualTo(ids);
    assertThat(function.get(ada, "/" + direct.id()).body().path("kind").asString()).isEqualTo("direct");
    assertThat(function.get(ada, "/" + direct.id() + "/members").body().path("members")).hasSize(2);
  }

  /** A message that is newer than all that has happened. */
  private void touch(UUID conversation) {
    Cassandra cassandra = function.stores().cassandra();
    UUID message = new Uuid7(Clock.systemUTC()).mint(Instant.now().plusMillis(5 + touches++));
    cassandra.execute(new ConversationActivity(cassandra).update(ada.userId(), conversation, message));
  }

  @Test
  void mute_isTheCallersAlone() {
    String id = "/" + created("Engines", grace).text("conversationId");
    assertThat(function.send(grace, "PUT", id + "/mute", "").status()).isEqualTo(204);
    assertThat(function.get(grace, id).body().path("muted").asBoolean()).isTrue();
    assertThat(function.get(ada, id).body().path("muted").asBoolean()).isFalse();
    assertThat(function.send(grace, "DELETE", id + "/mute", "").status()).isEqualTo(204);
    assertThat(function.get(grace, id).body().path("muted").asBoolean()).isFalse();
  }

  @Test
  void whoIsNoMember_findsNothing() {
    Identity stranger = function.register("stranger");
    String id = "/" + created("Engines", grace).text("conversationId");
    for (String path : List.of(id, "/" + UUID.randomUUID(),
        "/" + Conversation.direct(ada.userId(), grace.userId()).id())) {
      List<Answer> answers = List.of(function.get(stranger, path), function.get(stranger, path + "/members"),
          function.send(stranger, "PATCH", path, Map.of("name", "Mine"), "If-Match", "\"99\""),
          function.send(stranger, "DELETE", path, ""),
          function.send(stranger, "PUT", path + "/mute", ""),
          function.send(stranger, "POST", path + "/members", Map.of("username", stranger.username())),
          function.send(stranger, "PATCH", path + "/members/" + ada.username(), Map.of("role", "member")),
          function.send(stranger, "DELETE", path + "/members/" + ada.username(), ""));
      assertThat(answers).allSatisfy(answer -> {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("detail")).isEqualTo("There is no such conversation.");
      });
    }
  }

  @Test
  void version_isInsistedOn() {
    String id = "/" + created("Engines").text("conversationId");
    Answer refused = function.send(ada, "PATCH", id, Map.of("name", "Looms"), "If-Match",
        "\"7\", W/\"1\", \"none\"");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.text("type")).isEqualTo("urn:knatter:problem:precondition-failed");
    assertThat(refused.body().path("version").asInt()).isOne();
    assertThat(function.send(ada, "PATCH", id, Map.of("name", "Looms"), "If-Match", "*").status())
      .isEqualTo(200);
    assertThat(function.send(ada, "PATCH", id, Map.of("name", "Mills"), "If-Match", "\"9\",\"2\"").status())
      .isEqualTo(200);
  }

  @Test
  void repetition_isAnsweredAlike() {
    Map<String, Object> body = Map.of("name", "Engines", "members", List.of(grace.username()));
    Answer first = function.post(ada, body, "Idempotency-Key", "\"one\"");
    Answer again = function.post(ada, body, "Idempotency-Key", "one");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("conversationId")).isEqualTo(first.text("conversationId"));
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    assertThat(function.post(ada, Map.of("name", "Looms"), "Idempotency-Key", "one").text("type"))
      .isEqualTo("urn:knatter:problem:client-id-reused");
  }

  @Test
  void form_isAsGoodAsJson() {
    String[] form = {"Content-Type", "application/x-www-form-urlencoded"};
    Answer created = function.post(ada, "name=Engines&history=since-joining&retentionDays=7", form);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("retentionDays").asInt()).isEqualTo(7);
    String id = "/" + created.text("conversationId");
    assertThat(
        function.send(ada, "POST", id + "/members", "username=" + grace.username() + "&role=moderator", form)
          .status())
      .isEqualTo(201);
    assertThat(function.send(grace, "PATCH", id, "name=Looms", form).text("name")).isEqualTo("Looms");
  }

  static Stream<Arguments> invalid() {
    String some = "/" + UUID.randomUUID();
    return Stream.of(
        Arguments.of("POST", "", "{}", "/name"),
        Arguments.of("POST", "", "{\"name\":\"\"}", "/name"),
        Arguments.of("POST", "", "{\"name\":\"" + "x".repeat(65) + "\"}", "/name"),
        Arguments.of("POST", "", "{\"name\":\"a\\nb\"}", "/name"),
        Arguments.of("POST", "", "{\"name\":7}", "/name"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"members\":\"grace\"}", "/members"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"members\":[null]}", "/members/0"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"members\":[\"nobody at all\"]}", "/members/0"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"members\":[" + "\"a\",".repeat(64) + "\"a\"]}",
            "/members"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"history\":\"none\"}", "/history"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"retentionDays\":-1}", "/retentionDays"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"retentionDays\":3651}", "/retentionDays"),
        Arguments.of("POST", "", "{\"name\":\"a\",\"kind\":\"direct\"}", "/kind"),
        Arguments.of("GET", "?limit=0", "", "/limit"),
        Arguments.of("GET", "?limit=101", "", "/limit"),
        Arguments.of("GET", "?before=forged", "", "/before"),
        Arguments.of("GET", "/none", "", "/conversationId"),
        Arguments.of("PATCH", some, "{}", ""),
        Arguments.of("PATCH", some, "{\"retentionDays\":\"7\"}", "/retentionDays"),
        Arguments.of("PATCH", "/none", "{\"name\":\"a\"}", "/conversationId"),
        Arguments.of("POST", some + "/members", "{}", "/username"),
        Arguments.of("POST", some + "/members", "{\"usernames\":[]}", "/username"),
        Arguments.of("POST", some + "/members", "{\"username\":\"a\",\"usernames\":[\"b\"]}", "/usernames"),
        Arguments.of("POST", some + "/members", "{\"username\":\"a\",\"role\":\"owner\"}", "/role"),
        Arguments.of("PATCH", some + "/members/grace", "{}", "/role"),
        Arguments.of("PATCH", some + "/members/grace", "{\"role\":\"king\"}", "/role"),
        Arguments.of("GET", some + "/members?limit=0", "", "/limit"),
        Arguments.of("GET", some + "/members?after=forged", "", "/after"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidInput_isPointedAt(String method, String path, String body, String pointer) {
    Answer answer = function.send(ada, method, path, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void malformedHeader_isPointedAt() {
    String some = "/" + UUID.randomUUID();
    assertThat(function.send(ada, "DELETE", some, "", "If-Match", "7").pointer())
      .isEqualTo("/If-Match");
    assertThat(function.send(ada, "DELETE", some, "", "Idempotency-Key", "\"").status()).isEqualTo(400);
  }

  @Test
  void tooManyChanges_areRefusedForAWhile() {
    Identity loud = function.register("loud");
    function.installation().useUp(RateLimit.CONVERSATION_CHANGES, loud.userId().toString());
    Answer refused = function.post(loud, Map.of("name", "Engines"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(function.get(loud, "").status()).isEqualTo(200);
  }
}
