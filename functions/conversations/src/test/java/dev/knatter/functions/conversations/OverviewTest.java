package dev.knatter.functions.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reading.ReadCommand;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.Reading;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.FunctionUnderTest;
import dev.knatter.functions.testing.TestGroups;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What queries show of messages, and of how far members have read them. */
final class OverviewTest {
  @RegisterExtension
  static final FunctionUnderTest function = new FunctionUnderTest("/v1/conversations",
      ConversationsEndpoints::endpoints);

  private static Reading reading;

  private final Identity ada = function.register("ada");
  private final Identity grace = function.register("grace");
  private final Identity linus = function.register("linus");

  @BeforeAll
  static void open() {
    Cassandra cassandra = function.stores().cassandra();
    reading = new Reading(cassandra, Clock.systemUTC(), new Memberships(cassandra),
        new TimelineRows(cassandra, new Slices(cassandra, Clock.systemUTC())), new ReadMarks(cassandra));
  }

  private static JsonNode get(Identity who, String path) {
    Answer answer = function.get(who, path);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private Conversation group(String history, Identity... members) {
    Answer created = function.post(ada, Map.of("name", "Engines", "history", history, "members",
        Stream.of(members).map(Identity::username).toList()));
    assertThat(created.status()).isEqualTo(201);
    List<UUID> all = Stream.concat(Stream.of(ada), Stream.of(members)).map(Identity::userId).toList();
    return new Conversation(UUID.fromString(created.text("conversationId")), Conversation.GROUP, all);
  }

  private static void read(Identity who, Message upTo) {
    reading.mark(who.userId(), new ReadCommand(upTo.conversationId(), upTo.id()));
  }

  @Test
  void directConversation_isListedFromItsFirstMessageOn() {
    assertThat(get(grace, "").path("conversations")).isEmpty();
    Message first = function.messages().send(ada, grace, "hello");
    JsonNode listed = get(grace, "").path("conversations").path(0);
    assertThat(listed.path("conversationId").asString()).isEqualTo(first.conversationId().toString());
    assertThat(listed.path("kind").asString()).isEqualTo("direct");
    assertThat(listed.path("unread").asInt()).isOne();
    assertThat(listed.path("lastMessage").path("content").asString()).isEqualTo("hello");
    assertThat(listed.path("lastMessage").path("sender").asString()).isEqualTo(ada.username());
    assertThat(get(ada, "").path("conversations").path(0).path("unread").asInt()).isZero();

    read(grace, first);
    JsonNode one = get(grace, "/" + first.conversationId());
    assertThat(one.path("unread").asInt()).isZero();
    assertThat(one.path("readUpTo").asString()).isEqualTo(first.id().toString());
  }

  @Test
  void newestMessage_bringsItsConversationToTheTop() {
    Message toGrace = function.messages().send(ada, grace, "one");
    Message toLinus = function.messages().send(linus, ada, "two");
    assertThat(ids(get(ada, ""))).containsExactly(toLinus.conversationId(), toGrace.conversationId());
    Message _ = function.messages().send(grace, ada, "three");
    assertThat(ids(get(ada, ""))).containsExactly(toGrace.conversationId(), toLinus.conversationId());
    assertThat(get(ada, "?limit=1").path("conversations").path(0).path("unread").asInt()).isOne();
  }

  private static List<UUID> ids(JsonNode list) {
    return list.path("conversations")
      .valueStream()
      .map(each -> UUID.fromString(each.path("conversationId").asString()))
      .toList();
  }

  @Test
  void whoJoinsLater_hasNothingUnreadFromBefore() {
    Conversation group = group("since-joining", grace);
    Message before = function.messages().send(group, ada, "before");
    assertThat(get(grace, "/" + group.id()).path("unread").asInt()).isOne();
    assertThat(function.send(ada, "POST", "/" + group.id() + "/members", Map.of("username", linus.username()))
      .status())
      .isEqualTo(201);
    JsonNode joined = get(linus, "/" + group.id());
    assertThat(joined.path("unread").asInt()).isZero();
    assertThat(joined.has("lastMessage")).isFalse();

    Message after = function.messages().send(group, ada, "after");
    assertThat(get(linus, "/" + group.id()).path("unread").asInt()).isOne();
    read(grace, before);
    assertThat(receipts(linus, group.id())).as("of what they may not see").isEmpty();
    read(grace, after);
    assertThat(receipts(linus, group.id())).containsExactly(grace.username() + " " + after.id());
  }

  /** Usernames, each with the message up to which they have read. */
  private static List<String> receipts(Identity who, UUID conversation) {
    return get(who, "/" + conversation + "/receipts").path("receipts")
      .valueStream()
      .map(each -> each.path("username").asString() + " " + each.path("upTo").asString())
      .toList();
  }

  @Test
  void receipts_showHowFarTheOthersHaveRead() {
    Message first = function.messages().send(ada, grace, "one");
    assertThat(receipts(ada, first.conversationId())).isEmpty();
    read(grace, first);
    read(ada, first);
    assertThat(receipts(ada, first.conversationId())).containsExactly(grace.username() + " " + first.id());
    Answer stranger = function.get(linus, "/" + first.conversationId() + "/receipts");
    assertThat(stranger.status()).isEqualTo(404);
  }

  @Test
  void whoOptsOut_neitherShowsReceiptsNorSeesThem() {
    Conversation group = group("all", grace, linus);
    Message sent = function.messages().send(group, ada, "hello");
    Stream.of(ada, grace, linus).forEach(reader -> read(reader, sent));
    assertThat(receipts(ada, group.id())).hasSize(2);
    Profiles profiles = new Profiles(function.stores().cassandra());
    profiles.setReadReceipts(grace.userId(), false);
    assertThat(receipts(ada, group.id())).containsExactly(linus.username() + " " + sent.id());
    assertThat(receipts(grace, group.id())).isEmpty();
    profiles.setReadReceipts(grace.userId(), true);
    assertThat(receipts(grace, group.id())).hasSize(2);
  }

  @Test
  void largeGroup_hasNoReceipts() {
    List<UUID> members = new ArrayList<>(
        Stream.generate(function.installation().ids()::mint).limit(63).toList());
    members.set(0, grace.userId());
    UUID full = TestGroups.create(function.installation(), ada, members);
    members.add(linus.userId());
    UUID large = TestGroups.create(function.installation(), ada, members);
    for (UUID group : List.of(full, large)) {
      Message sent = function.messages()
        .send(
            new Conversation(group, Conversation.GROUP, List.of(ada.userId(), grace.userId())), ada, "hello");
      read(grace, sent);
    }
    assertThat(receipts(ada, full)).hasSize(1);
    assertThat(receipts(ada, large)).isEmpty();
  }
}
