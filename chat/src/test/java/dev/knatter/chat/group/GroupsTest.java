package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;
import static dev.knatter.chat.group.GroupFixture.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.Groups.Done;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.PreconditionFailed;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GroupsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private GroupFixture fixture;
  private Groups groups;
  private UUID ada;
  private UUID grace;
  private UUID linus;

  @BeforeEach
  void open() {
    fixture = new GroupFixture(stores);
    groups = fixture.groups;
    ada = fixture.ada;
    grace = fixture.grace;
    linus = fixture.linus;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Role role(UUID group, UUID user) {
    return fixture.state(group).member(user).orElseThrow().role();
  }

  @Test
  void group_isFoundByItsMembersAtOnceAndByNobodyElse() {
    Done created = groups.create(by(ada), wanted(grace, ada, grace));
    UUID group = created.state().id();

    assertThat(created.state().version()).isOne();
    assertThat(fixture.queries.require(grace, group)).satisfies(found -> {
      assertThat(found.role()).isEqualTo(Role.MEMBER);
      assertThat(found.memberCount()).isEqualTo(2);
      assertThat(found.firstMembers()).containsExactly(ada, grace);
    });
    assertThat(fixture.queries.list(grace, null, 10).items()).extracting(ConversationSummary::id)
      .containsExactly(group);
    assertThat(fixture.memberships.members(group).users()).containsExactlyInAnyOrder(ada, grace);
    assertThat(fixture.memberships.require(group, ada).role()).isEqualTo(Role.OWNER);
    assertThatThrownBy(() -> fixture.queries.require(fixture.stranger, group)).isInstanceOf(NotFound.class);
    assertThat(fixture.memberships.find(group, fixture.stranger)).isEmpty();
  }

  /** Each command of somebody who is no member: the group does not exist for them. */
  @Test
  void stranger_isToldThatThereIsNoGroup() {
    UUID group = fixture.create();
    Command stranger = by(fixture.stranger);
    Stream.<Runnable>of(() -> groups.change(group, stranger, "Mine", null),
        () -> groups.add(group, stranger, List.of(fixture.stranger), Role.MEMBER),
        () -> groups.changeRole(group, stranger, ada, Role.MEMBER),
        () -> groups.remove(group, stranger, ada),
        () -> groups.remove(group, stranger, fixture.stranger),
        () -> groups.delete(group, stranger),
        () -> groups.change(UUID.randomUUID(), by(ada), "None", null))
      .forEach(command -> assertThatThrownBy(command::run).isInstanceOf(NotFound.class));
    assertThat(fixture.state(group).version()).isOne();
  }

  @Test
  void command_needsItsRole() {
    UUID group = fixture.create();
    groups.changeRole(group, by(ada), grace, Role.MODERATOR);
    UUID fourth = UUID.randomUUID();
    groups.add(group, by(grace), List.of(fourth), Role.MEMBER);
    Command member = by(linus);
    Command moderator = by(grace);
    Stream.<Runnable>of(() -> groups.change(group, member, "Mine", null),
        () -> groups.add(group, member, List.of(UUID.randomUUID()), Role.MEMBER),
        () -> groups.remove(group, member, fourth),
        () -> groups.changeRole(group, member, linus, Role.MODERATOR),
        () -> groups.delete(group, member),
        () -> groups.change(group, moderator, null, 30),
        () -> groups.add(group, moderator, List.of(UUID.randomUUID()), Role.MODERATOR),
        () -> groups.remove(group, moderator, ada),
        () -> groups.changeRole(group, moderator, linus, Role.MODERATOR),
        () -> groups.delete(group, moderator),
        () -> groups.changeRole(group, by(ada), ada, Role.MEMBER))
      .forEach(command -> assertThatThrownBy(command::run).isInstanceOf(Forbidden.class));

    groups.change(group, moderator, "Looms", null);
    groups.remove(group, moderator, fourth);
    groups.changeRole(group, moderator, grace, Role.MEMBER);
    groups.change(group, by(ada), null, 30);
    assertThat(fixture.state(group).retentionDays()).isEqualTo(30);
    assertThat(role(group, grace)).isEqualTo(Role.MEMBER);
    assertThat(fixture.memberships.presentMembers(group)).satisfies(members -> {
      assertThat(members.users()).containsExactlyInAnyOrder(ada, grace, linus);
      assertThat(members.retention()).isEqualTo(Duration.ofDays(30));
    });
  }

  @Test
  void ownership_isGivenAway_andHandedOverByWhoLeaves() {
    UUID group = fixture.create();
    groups.changeRole(group, by(ada), linus, Role.OWNER);
    assertThat(role(group, ada)).isEqualTo(Role.MODERATOR);
    assertThat(role(group, linus)).isEqualTo(Role.OWNER);

    groups.remove(group, by(linus), linus);
    assertThat(role(group, ada)).as("the oldest moderator").isEqualTo(Role.OWNER);
    groups.remove(group, by(ada), ada);
    assertThat(role(group, grace)).as("the oldest member").isEqualTo(Role.OWNER);
    assertThat(fixture.memberships.find(group, grace).orElseThrow().role()).isEqualTo(Role.OWNER);
    groups.remove(group, by(grace), grace);
    assertThat(fixture.state(group).isDeleted()).isTrue();
    assertThat(new DeletionOrders(fixture.cassandra).all()).anyMatch(order -> order.group().equals(group));
  }

  @Test
  void deleted_isFoundByNobody_andDoesNotComeBack() {
    UUID group = groups.create(by(ada, "once"), wanted(grace)).state().id();
    groups.delete(group, by(ada, "end"));
    groups.delete(group, by(ada, "end"));

    assertThat(fixture.memberships.present(group, grace)).isEmpty();
    assertThat(fixture.memberships.presentMembers(group).users()).isEmpty();
    assertThat(fixture.queries.list(grace, null, 10).items()).isEmpty();
    assertThatThrownBy(() -> fixture.queries.require(ada, group)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> groups.create(by(ada, "once"), wanted(grace))).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> groups.change(group, by(ada), "Again", null)).isInstanceOf(NotFound.class);
  }

  @Test
  void sameCommandUnderOneKey_isOneEvent() {
    Done first = groups.create(by(ada, "group"), wanted(grace));
    Done again = groups.create(by(ada, "group"), wanted(grace));
    UUID group = first.state().id();
    assertThat(first.replayed()).isFalse();
    assertThat(again.replayed()).isTrue();
    assertThat(again.state().id()).isEqualTo(group);
    assertThat(groups.create(by(grace, "group"), wanted(ada)).state().id()).as("another user's key")
      .isNotEqualTo(group);
    assertThatThrownBy(() -> groups.create(by(ada, "group"), wanted())).isInstanceOf(ClientIdReused.class);

    groups.change(group, by(ada, "name"), "Looms", null);
    groups.change(group, by(ada, "other"), "Mills", null);
    assertThat(groups.change(group, by(ada, "name"), "Looms", null).state().name()).as("as it is now")
      .isEqualTo("Mills");
    assertThatThrownBy(() -> groups.change(group, by(ada, "name"), "Wheels", null))
      .isInstanceOf(ClientIdReused.class);
    groups.remove(group, by(grace, "leave"), grace);
    groups.remove(group, by(grace, "leave"), grace);
    assertThat(fixture.events(group)).extracting(GroupEvent::version).isEqualTo(GroupFixture.upTo(4));
  }

  /** Then nobody has the name any more. */
  @Test
  void repetition_isKnown_alsoIfTheMemberIsErasedMeanwhile() {
    UUID group = fixture.create();
    UUID nobody = new UUID(0, 0);
    groups.changeRole(group, by(ada, "role"), "grace", grace, Role.MODERATOR);
    groups.remove(group, by(ada, "remove"), "grace", grace);
    groups.remove(group, by(ada, "remove"), "grace", nobody);
    assertThat(groups.changeRole(group, by(ada, "role"), "grace", nobody, Role.MODERATOR).replayed())
      .isTrue();
    assertThatThrownBy(() -> groups.remove(group, by(ada, "remove"), "linus", linus))
      .isInstanceOf(ClientIdReused.class);
    assertThat(fixture.events(group)).hasSize(3);
  }

  @Test
  void repetition_isKnownBehindSnapshots() {
    UUID group = fixture.create();
    groups.change(group, by(ada, "key"), "first", null);
    IntStream.range(0, 140).forEach(i -> groups.change(group, by(ada), "name " + i, null));

    assertThat(groups.change(group, by(ada, "key"), "first", null).replayed()).isTrue();
    assertThat(new Snapshots(fixture.cassandra).find(group).orElseThrow().version()).isEqualTo(128);
    assertThat(fixture.state(group)).isEqualTo(fixture.log.readWhole(group).orElseThrow().state());
  }

  @Test
  void nothingToChange_isNoEvent() {
    UUID group = fixture.create();
    assertThat(groups.change(group, by(ada), "Engines", 0).changed()).isFalse();
    assertThat(groups.add(group, by(ada), List.of(grace, linus), Role.MODERATOR).changed()).isFalse();
    assertThat(groups.changeRole(group, by(ada), grace, Role.MEMBER).changed()).isFalse();
    assertThat(fixture.state(group).version()).isOne();
  }

  @Test
  void version_isInsistedOn() {
    UUID group = fixture.create();
    assertThatThrownBy(
        () -> groups.change(group, new Command(ada, null, Versions.of(Set.of(2, 7))), "Looms", null))
      .isInstanceOfSatisfying(PreconditionFailed.class,
          e -> assertThat(e.members()).containsEntry("version", 1));
    Command once = new Command(ada, "key", Versions.of(Set.of(1)));
    assertThat(groups.change(group, once, "Looms", null).state().version()).isEqualTo(2);
    assertThat(groups.change(group, once, "Looms", null).replayed()).as("a retry").isTrue();
    assertThatThrownBy(
        () -> groups.delete(group, new Command(fixture.stranger, null, Versions.of(Set.of(9)))))
      .as("who is no member learns no version")
      .isInstanceOf(NotFound.class);
  }

  @Test
  void newMember_seesWhatIsSentSinceJoining() {
    UUID group = fixture.create();
    Uuid7 ids = new Uuid7(fixture.clock);
    UUID before = ids.mint();
    fixture.clock.advance(Duration.ofSeconds(1));
    UUID fourth = UUID.randomUUID();
    groups.add(group, by(ada), List.of(fourth), Role.MEMBER);

    assertThat(fixture.memberships.require(group, fourth).sees(before)).isFalse();
    assertThat(fixture.memberships.require(group, fourth).sees(ids.mint())).isTrue();
    assertThat(fixture.memberships.require(group, grace).sees(before)).isTrue();
    assertThat(fixture.memberships.require(group, fourth).version()).isEqualTo(2);
  }

  @Test
  void event_isPublishedOnce_asTheLogHasIt() {
    UUID group = groups.create(by(ada), wanted(grace)).state().id();
    groups.change(group, by(ada), "Looms", null);
    groups.change(group, by(ada), null, 7);
    groups.add(group, by(ada), List.of(linus), Role.MODERATOR);
    groups.remove(group, by(ada), ada);
    groups.remove(group, by(linus), grace);
    groups.delete(group, by(linus));
    await().until(() -> fixture.published.size() >= 8);

    assertThat(fixture.published.stream()
      .map(event -> event.reference().eventId().replaceFirst("-[0-9a-f-]{36}$", "")))
      .containsExactlyInAnyOrder("conversation-created", "conversation-renamed", "retention", "member-added",
          "member-removed",
          "role-changed", "member-removed", "conversation-deleted");
    assertThat(fixture.published.stream().map(ChatEvent::reference)).doesNotHaveDuplicates();
    ConversationEvents found = new ConversationEvents(fixture.cassandra);
    assertThat(fixture.published)
      .allSatisfy(event -> assertThat(found.find(event.reference()).orElseThrow().data())
        .isEqualTo(event.data()));
    assertThat(fixture.published.toString()).doesNotContain("Looms");
  }
}
