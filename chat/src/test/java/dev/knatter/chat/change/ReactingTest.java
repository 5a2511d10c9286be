package dev.knatter.chat.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import dev.knatter.chat.reaction.Emoji;
import dev.knatter.chat.reaction.ReactionView;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReactingTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final String THUMB = "\uD83D\uDC4D";
  private static final String HEART = "\u2764\uFE0F";

  private final Instant now = Clock.systemUTC().instant();
  private final MovableClock clock = new MovableClock(now);
  private final Uuid7 users = new Uuid7(clock);
  private final UUID ada = users.mint();
  private final UUID grace = users.mint();
  private final Changer changer = new Changer(stores.cassandra(), stores.redis(), clock);
  private final Pages pages = new Pages(stores.cassandra(), clock, new Slices(stores.cassandra(), clock),
      new PageCache(stores.redis()));
  private final Message sent = changer.send(Conversation.direct(ada, grace), ada, "hello");

  @AfterEach
  void close() {
    changer.close();
  }

  private List<ReactionView> views(Message message, UUID reader) {
    return changer.reactions.of(message.conversationId(), message.id(), reader)
      .views(reader, Map.of(ada, "ada", grace, "grace"));
  }

  private long rows(Message message) {
    return stores.session()
      .execute("SELECT emoji FROM reactions WHERE conversation_id = ? AND message_id = ?",
          message.conversationId(), message.id())
      .all()
      .size();
  }

  @Test
  void reactions_areCountedByKind_andOnceForEachUser() {
    changer.react(ada, sent, THUMB);
    changer.react(grace, sent, HEART);
    changer.react(grace, sent, THUMB);
    changer.react(grace, sent, THUMB);
    assertThat(views(sent, ada)).hasSize(2);
    assertThat(views(sent, ada).getFirst()).satisfies(view -> {
      assertThat(view.emoji()).isEqualTo(THUMB);
      assertThat(view.count()).isEqualTo(2);
      assertThat(view.mine()).isTrue();
      assertThat(view.users()).containsExactlyInAnyOrder("ada", "grace");
    });
    assertThat(views(sent, ada).getLast()).isEqualTo(new ReactionView(HEART, 1, false, List.of("grace")));
    assertThat(pages.newest(Scope.conversation(sent.conversationId()), 1).messages().getFirst().reacted())
      .isTrue();
    assertThat(changer.find(sent).version()).isOne();
  }

  @Test
  void views_haveReactionsWithNames_whereThereAreAny() {
    for (Map.Entry<UUID, String> user : Map.of(ada, "ada", grace, "grace").entrySet()) {
      stores.session()
        .execute("INSERT INTO users (user_id, username) VALUES (?, ?)", user.getKey(), user.getValue());
    }
    Message other = changer.send(Conversation.direct(ada, grace), grace, "bye");
    changer.react(grace, sent, THUMB);
    MessageViews views = new MessageViews(new Usernames(stores.cassandra()), changer.reactions);
    List<MessageView> shown = views.of(List.of(changer.find(sent), changer.find(other)), grace);
    assertThat(shown).extracting(MessageView::sender).containsExactly("ada", "grace");
    assertThat(shown.getFirst().reactions())
      .containsExactly(new ReactionView(THUMB, 1, true, List.of("grace")));
    assertThat(shown.getLast().reactions()).isNull();
    assertThat(views.of(changer.delete(ada, sent), grace).reactions()).isNull();
  }

  @Test
  void viewsOfAPage_haveTheReactionsToEachMessage() {
    List<Message> page = IntStream.range(0, 20)
      .mapToObj(i -> changer.send(Conversation.direct(ada, grace), ada, "message " + i))
      .toList();
    page.forEach(message -> changer.react(grace, message, THUMB));
    MessageViews views = new MessageViews(new Usernames(stores.cassandra()), changer.reactions);
    List<MessageView> shown = views.of(page.stream().map(changer::find).toList(), ada);
    assertThat(shown).extracting(MessageView::id)
      .containsExactlyElementsOf(page.stream().map(Message::id).toList());
    assertThat(shown).extracting(MessageView::reactions)
      .containsOnly(List.of(new ReactionView(THUMB, 1, false, List.of(grace.toString()))));
  }

  @Test
  void reaction_comesToWhoWasAway() {
    Follower away = new Follower(pages, ada);
    changer.react(grace, sent, THUMB);
    assertThat(away.read()).isOne();
    changer.takeBack(grace, sent, THUMB);
    assertThat(away.read()).isOne();
    changer.takeBack(grace, sent, HEART);
    assertThat(away.read()).as("nothing was taken back").isZero();
  }

  /** By processes whose clocks differ: what came last counts. */
  @Test
  void reactionTakenBack_isGone_whateverTheClocksSay() {
    MovableClock ahead = new MovableClock(now.plusMillis(1_900));
    try (Changer other = new Changer(stores.cassandra(1), stores.redis(), ahead)) {
      other.react(grace, sent, THUMB);
      changer.takeBack(grace, sent, THUMB);
      assertThat(views(sent, grace)).isEmpty();
      changer.react(grace, sent, THUMB);
      assertThat(views(sent, grace)).hasSize(1);
      other.takeBack(grace, sent, THUMB);
      changer.react(grace, sent, THUMB);
      assertThat(views(sent, grace)).hasSize(1);
    }
  }

  @Test
  void reactionsOfOneUser_haveALimit_andSoHaveTheKinds() {
    List<String> letters = IntStream.range(0, 26).mapToObj(i -> String.valueOf((char) ('a' + i))).toList();
    letters.stream().limit(Reacting.MAX_OF_USER).forEach(letter -> changer.react(ada, sent, letter));
    assertThatThrownBy(() -> changer.react(ada, sent, "z")).isInstanceOf(InvalidRequest.class);
    changer.takeBack(ada, sent, "a");
    changer.react(ada, sent, "z");

    List<UUID> members = Stream.generate(users::mint).limit(10).sorted().toList();
    TestGroup group = new TestGroup(stores.session(), members);
    Message toMany = changer.send(new Conversation(group.id, Conversation.GROUP, members), members.getFirst(),
        "hello");
    for (int i = 0; i < Reacting.MAX_KINDS; i++) {
      changer.react(members.get(i / Reacting.MAX_OF_USER), toMany, letters.get(i));
    }
    UUID another = members.getLast();
    assertThatThrownBy(() -> changer.react(another, toMany, "z")).isInstanceOf(InvalidRequest.class);
    changer.react(another, toMany, "a");
    assertThat(views(toMany, another)).hasSize(Reacting.MAX_KINDS);
  }

  /** Rows of reactions that were taken back would fill what is read of the message. */
  @Test
  void user_canTryOutAFewKinds_andNotAnyNumberOfThem() {
    for (int i = 0; i < Reacting.MAX_ROWS_OF_USER; i++) {
      String letter = String.valueOf((char) ('a' + i));
      changer.react(ada, sent, letter);
      changer.takeBack(ada, sent, letter);
    }
    assertThatThrownBy(() -> changer.react(ada, sent, "z")).isInstanceOf(InvalidRequest.class);
    changer.react(ada, sent, "a");
    changer.react(grace, sent, "z");
    assertThat(views(sent, ada)).hasSize(2);
  }

  @Test
  void deletion_deletesReactions_andNobodyReactsAfterIt() {
    changer.react(ada, sent, THUMB);
    changer.react(grace, sent, THUMB);
    Message deleted = changer.delete(ada, sent);
    assertThat(rows(sent)).isZero();
    assertThatThrownBy(() -> changer.react(grace, deleted, THUMB)).isInstanceOf(NotFound.class);
    assertThat(rows(sent)).isZero();
  }

  @Test
  void stranger_findsNothing_andWhoIsBlockedMayOnlyTakeBack() {
    assertThatThrownBy(() -> changer.react(users.mint(), sent, THUMB)).isInstanceOf(NotFound.class);
    stores.session()
      .execute("INSERT INTO users (user_id, username, created_at) VALUES (?, 'ada', toTimestamp(now()))",
          ada);
    changer.react(grace, sent, THUMB);
    stores.session().execute("UPDATE users SET blocked = blocked + ? WHERE user_id = ?", Set.of(grace), ada);
    ReactCommand another = new ReactCommand(Changer.name(sent), new Emoji(HEART), false);
    assertThatThrownBy(() -> changer.reacting.react(grace, another, true)).isInstanceOf(Forbidden.class);
    changer.takeBack(grace, sent, THUMB);
    assertThat(views(sent, grace)).isEmpty();
  }

  /** Their inboxes would be too many. But the one who reacts has it, and an erasure finds it there. */
  @Test
  void reactionInALargeGroup_entersOneInbox() {
    List<UUID> members = Stream.generate(users::mint).limit(Conversation.MAX_MEMBERS + 1).sorted().toList();
    TestGroup group = new TestGroup(stores.session(), members);
    Message toMany = changer.send(new Conversation(group.id, Conversation.GROUP, members), members.getFirst(),
        "hello");
    clock.advance(Duration.ofSeconds(30));
    changer.react(members.getLast(), toMany, THUMB);
    Set<UUID> told = new HashSet<>();
    stores.session()
      .execute("SELECT user_id, conversation_id, kind FROM inbox")
      .forEach(row -> {
        if (toMany.conversationId().equals(row.getUuid("conversation_id")) && row.getString("kind") != null) {
          told.add(row.getUuid("user_id"));
        }
      });
    assertThat(told).containsExactly(members.getLast());
  }
}
