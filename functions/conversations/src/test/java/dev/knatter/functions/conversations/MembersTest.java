package dev.knatter.functions.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.group.ConversationsOfUser;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How members come into groups and leave them, and whom nobody may add. */
final class MembersTest {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/conversations",
      ConversationsEndpoints::endpoints);

  private final Identity ada = function.register("ada");
  private final Identity grace = function.register("grace");

  /** Creates a group that Ada owns. Returns where its members are, after the function's path. */
  private String membersOfGroup(Identity... members) {
    Answer created = function.post(ada,
        Map.of("name", "Engines", "members", Stream.of(members).map(Identity::username).toList()));
    assertThat(created.status()).isEqualTo(201);
    return "/" + created.text("conversationId") + "/members";
  }

  @Test
  void members_areAddedChangedListedAndRemoved() {
    Identity linus = function.register("linus");
    String members = membersOfGroup(grace);
    Answer added = function.send(ada, "POST", members,
        Map.of("usernames", List.of(linus.username()), "role", "moderator"));
    assertThat(added.status()).isEqualTo(201);
    assertThat(function.send(ada, "POST", members, Map.of("username", linus.username())).status())
      .as("a second time")
      .isEqualTo(200);
    assertThat(
        function.send(linus, "PATCH", members + "/" + grace.username(), Map.of("role", "moderator")).status())
      .isEqualTo(403);
    assertThat(
        function.send(ada, "PATCH", members + "/" + grace.username(), Map.of("role", "owner")).text("role"))
      .isEqualTo("moderator");

    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      Answer page = function.get(ada, members + "?limit=2" + (next.isEmpty() ? "" : "&after=" + next));
      assertThat(page.status()).isEqualTo(200);
      page.body()
        .path("members")
        .valueStream()
        .map(each -> each.path("username").asString())
        .forEach(listed::add);
      next = page.text("next");
    } while (!next.isEmpty());
    assertThat(listed).containsExactlyInAnyOrder(ada.username(), grace.username(), linus.username());
    assertThat(function.send(grace, "DELETE", members + "/" + linus.username(), "").status()).isEqualTo(204);
    assertThat(function.send(ada, "DELETE", members + "/" + ada.username(), "").status()).as("leaves")
      .isEqualTo(204);
    assertThat(function.get(ada, members).status()).isEqualTo(404);
    assertThat(function.get(grace, members).body().path("members")).hasSize(1);
    assertThat(function.send(grace, "DELETE", members + "/nobody", "").status()).isEqualTo(404);
  }

  /** Whatever has become of the people whom it names. */
  @Test
  void repetition_isAnsweredAlike_alsoIfAMemberHasBlockedTheCallerMeanwhile() {
    Map<String, Object> body = Map.of("name", "Engines", "members", List.of(grace.username()));
    Answer first = function.post(ada, body, "Idempotency-Key", "created");
    String members = "/" + first.text("conversationId") + "/members";
    Identity linus = function.register("linus");
    Map<String, Object> addition = Map.of("username", linus.username());
    assertThat(function.send(ada, "POST", members, addition, "Idempotency-Key", "added").status())
      .isEqualTo(201);
    Stream.of(grace, linus).forEach(this::blockAda);

    assertThat(function.post(ada, body, "Idempotency-Key", "created").text("conversationId"))
      .isEqualTo(first.text("conversationId"));
    Answer again = function.send(ada, "POST", members, addition, "Idempotency-Key", "added");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).contains("true");
  }

  /** As at the function that shows profiles. */
  @Test
  void names_cannotBeTriedAtWill() {
    Identity curious = function.register("curious");
    String engines = membersOfGroup(curious);
    Map<String, Object> addition = Map.of("username", "nobody-at-all");
    assertThat(function.send(curious, "POST", engines, addition).status()).as("a member, who may not add")
      .isEqualTo(403);
    assertThat(function.send(curious, "POST", "/" + UUID.randomUUID() + "/members", addition).status())
      .isEqualTo(404);

    Map<String, Object> body = Map.of("name", "Looms", "members",
        IntStream.range(0, 64).mapToObj(i -> "nobody-" + i).toList());
    assertThat(function.post(curious, body).body().path("errors")).hasSize(64);
    Answer refused = function.post(curious, body);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().has("errors")).isFalse();
    assertThat(
        function.post(curious, Map.of("name", "Looms", "members", List.of(ada.username()))).status())
      .as("this would say whether the name exists")
      .isEqualTo(429);
    assertThat(function.post(curious, Map.of("name", "Looms")).status()).isEqualTo(201);
  }

  @Test
  void whoHasBlockedTheCaller_isNotAdded() {
    blockAda(grace);
    Answer refused = function.post(ada, Map.of("name", "Engines", "members", List.of(grace.username())));
    assertThat(refused.status()).isEqualTo(403);
  }

  private void blockAda(Identity who) {
    Stores stores = function.stores();
    new Blocks(stores.cassandra(), new UserInvalidations(stores.redis())).block(who, ada.userId());
  }

  /** Otherwise anybody could fill the list of somebody else. */
  @Test
  void whoIsInAThousandGroups_isNotAddedToAnother() {
    String members = membersOfGroup();
    for (int i = 0; i < ConversationsOfUser.MAX_GROUPS; i += 250) {
      function.realStores()
        .session()
        .execute("BEGIN UNLOGGED BATCH " + ("INSERT INTO conversations_by_user (user_id,"
            + " conversation_id, is_member) VALUES (" + grace.userId() + ", uuid(), true); ")
          .repeat(250)
            + "APPLY BATCH");
    }
    Answer refused = function.send(ada, "POST", members, Map.of("username", grace.username()));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("usernames").path(0).asString()).isEqualTo(grace.username());
    assertThat(function.post(ada, Map.of("name", "Looms", "members", List.of(grace.username()))).status())
      .isEqualTo(403);
    assertThat(function.post(grace, Map.of("name", "Looms")).status()).isEqualTo(403);
  }
}
