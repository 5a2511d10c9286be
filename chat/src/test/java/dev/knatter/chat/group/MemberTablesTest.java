package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;
import static dev.knatter.chat.group.GroupFixture.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.chat.pending.Intent;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether the tables that are made from the logs agree with them, whatever stops in between. */
final class MemberTablesTest {
  private static final int GROUPS = 3;
  private static final int USERS = 10;
  private static final int COMMANDS = Integer.getInteger("knatter.soak") == null ? 200 : 10_000;

  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private GroupFixture fixture;

  @BeforeEach
  void open() {
    fixture = new GroupFixture(stores);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** All that the tables say of the present members, as text. */
  private Map<UUID, SortedSet<String>> tables(List<UUID> groups, List<UUID> users) {
    Map<UUID, SortedSet<String>> found = new HashMap<>();
    for (UUID group : groups) {
      SortedSet<String> lines = found.computeIfAbsent(group, _ -> new TreeSet<>());
      for (Row row : stores.session()
        .execute("SELECT * FROM conversation_members WHERE conversation_id = ?", group)) {
        lines.add("group " + row.getInt("version") + " " + row.getString("name") + " "
            + row.getInt("retention") + " " + row.getInt("longest_retention") + " "
            + row.getInt("member_count") + " " + row.getList("first_members", UUID.class) + " "
            + row.getInstant("deleted_at"));
        if (!"none".equals(row.getString("role"))) {
          lines.add("member " + row.getUuid("user_id") + " " + row.getString("role") + " "
              + row.getInstant("joined_at"));
        }
      }
      for (UUID user : users) {
        Row row = stores.session()
          .execute(
              "SELECT is_member, joined_at FROM conversations_by_user WHERE user_id = ? AND conversation_id = ?",
              user, group)
          .one();
        if (row != null && row.getBoolean("is_member")) {
          lines.add("listed " + user + " " + row.getInstant("joined_at"));
        }
      }
    }
    return found;
  }

  /** What they must say. */
  private Map<UUID, SortedSet<String>> expected(List<UUID> groups) {
    Map<UUID, SortedSet<String>> found = new HashMap<>();
    for (UUID group : groups) {
      GroupState state = fixture.log.readWhole(group).orElseThrow().state();
      SortedSet<String> lines = found.computeIfAbsent(group, _ -> new TreeSet<>());
      lines.add("group " + state.version() + " " + state.name() + " " + state.retentionDays() + " "
          + state.longest().days() + " " + state.members().size() + " "
          + state.members().keySet().stream().limit(5).toList() + " "
          + state.deletedAt());
      for (GroupMember member : state.members().values()) {
        lines.add("member " + member.user() + " " + member.role().text() + " " + member.joinedAt());
        lines.add("listed " + member.user() + " " + member.joinedAt());
      }
    }
    return found;
  }

  /** The members of a large new group are written in parts, and its own columns with the last one. */
  @Test
  void groupOfWhichOnlySomeRowsAreWritten_isNotThereYet() {
    UUID group = UUID.randomUUID();
    stores.session()
      .execute("INSERT INTO conversations_by_user (user_id, conversation_id, is_member, joined_at)"
          + " VALUES (?, ?, true, toTimestamp(now()))", fixture.ada, group);
    stores.session()
      .execute("INSERT INTO conversation_members (conversation_id, user_id, role, joined_at)"
          + " VALUES (?, ?, 'member', toTimestamp(now()))", group, fixture.ada);
    assertThat(fixture.queries.list(fixture.ada, null, 10).items()).isEmpty();
    assertThat(fixture.memberships.present(group, fixture.ada)).isEmpty();
    assertThat(fixture.memberships.presentMembers(group).users()).isEmpty();
  }

  @Test
  void tables_agreeWithTheLogsAfterRandomCommandsAndCrashes_andARebuildMakesTheSame() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<UUID> users = IntStream.range(0, USERS).mapToObj(_ -> UUID.randomUUID()).toList();
    List<UUID> groups = IntStream.range(0, GROUPS)
      .mapToObj(i -> fixture.groups.create(by(users.get(i)), wanted(users.get(i + 1))).state().id())
      .toList();
    for (int i = 0; i < COMMANDS; i++) {
      fixture.clock.advance(Duration.ofMillis(1 + random.nextInt(50)));
      UUID group = groups.get(random.nextInt(GROUPS));
      if (random.nextInt(5) == 0) {
        crash(group, random, users);
      } else {
        try {
          command(group, random, users);
        } catch (Forbidden | NotFound _) {
          // The dice do not know the roles.
        }
      }
    }
    fixture.catchUp.close();
    fixture.changes.close(); // deletes the rows of what is finished, and of nothing else
    fixture.clock.advance(Duration.ofMinutes(2));
    PendingChanges another = new PendingChanges(fixture.cassandra, new Uuid7(fixture.clock), random);
    new GroupSweep(fixture.cassandra, fixture.clock, another, fixture.catchUp).run(GroupFixture.ENOUGH);

    Map<UUID, SortedSet<String>> live = tables(groups, users);
    assertThat(live).as("seed %s", seed).isEqualTo(expected(groups));
    stores.session().execute("TRUNCATE conversation_members");
    stores.session().execute("TRUNCATE conversations_by_user");
    stores.session().execute("TRUNCATE conversation_snapshots");
    GroupRebuild rebuild = new GroupRebuild(fixture.cassandra, fixture.clock);
    assertThat(rebuild.run().groups()).isGreaterThanOrEqualTo(GROUPS);
    rebuild.run();
    assertThat(tables(groups, users)).as("seed %s", seed).isEqualTo(live);
  }

  private void command(UUID group, Random random, List<UUID> users) {
    Command actor = by(users.get(random.nextInt(USERS)));
    UUID other = users.get(random.nextInt(USERS));
    switch (random.nextInt(7)) {
      case 0 -> fixture.groups.change(group, actor, "name " + random.nextInt(100), null);
      case 1 -> fixture.groups.change(group, actor, null, random.nextInt(100));
      case 2, 3 ->
        fixture.groups.add(group, actor, List.of(other, users.get(random.nextInt(USERS))), Role.MEMBER);
      case 4 -> fixture.groups.remove(group, actor, other);
      case 5 -> fixture.groups.remove(group, actor, actor.actor());
      default ->
        fixture.groups.changeRole(group, actor, other, List.of(Role.values()).get(random.nextInt(3)));
    }
  }

  /** A process announces a change, appends the event, and is killed. */
  private void crash(UUID group, Random random, List<UUID> users) {
    GroupState state = fixture.state(group);
    if (state.isDeleted()) {
      return;
    }
    List<Change> possible = new ArrayList<>(List.of(Change.changed("crashed " + random.nextInt(100), null)));
    users.stream()
      .filter(user -> state.member(user).isEmpty())
      .limit(1)
      .forEach(user -> possible.add(Change.added(List.of(user), Role.MEMBER)));
    UUID leaving = state.members()
      .keySet()
      .stream()
      .skip(random.nextInt(state.members().size()))
      .findFirst()
      .orElseThrow();
    if (state.members().size() > 1) {
      possible.add(GroupRules.leave(state, leaving));
    }
    Change change = possible.get(random.nextInt(possible.size()));
    UUID actor = change.kind() == GroupEventKind.LEFT ? leaving : state.members().keySet().iterator().next();
    try (Intent _ = fixture.changes.announce(group, List.of())) {
      CommandId command = by(actor).id(new Digest());
      assertThat(fixture.log.events()
        .append(group,
            new GroupEvent(state.version() + 1, fixture.clock.instant(), actor, command, change)))
        .isTrue();
    }
  }

  /** The process that was killed left a removal that no answer has promised: a query of the group carries it out. */
  @Test
  void query_carriesOutWhatAKilledProcessLeft() {
    UUID group = fixture.create();
    GroupState state = fixture.state(group);
    fixture.log.events()
      .append(group, new GroupEvent(2, fixture.clock.instant(), fixture.ada,
          new CommandId(ByteBuffer.allocate(1), ByteBuffer.allocate(1)),
          Change.added(List.of(fixture.stranger), Role.MEMBER)));
    assertThat(fixture.memberships.find(group, fixture.stranger)).isEmpty();

    assertThat(fixture.queries.require(fixture.stranger, group).memberCount())
      .isEqualTo(state.members().size() + 1);
    assertThat(fixture.memberships.find(group, fixture.stranger)).isPresent();
  }

  /** Without a key, the first attempt is not found in the log. */
  @Test
  void repetitionWithoutAKey_carriesOutWhatTheFirstAttemptLeft_beforeItIsAnswered() {
    UUID group = fixture.create();
    Command ada = by(fixture.ada);
    Command linus = by(fixture.linus);
    append(group, 2, Change.removed(fixture.grace));
    assertThatThrownBy(() -> fixture.groups.remove(group, ada, fixture.grace)).isInstanceOf(NotFound.class);
    assertThat(fixture.memberships.present(group, fixture.grace)).isEmpty();

    append(group, 3, Change.roleChanged(fixture.linus, Role.OWNER));
    assertThatThrownBy(() -> fixture.groups.changeRole(group, ada, fixture.linus, Role.OWNER))
      .isInstanceOf(Forbidden.class);
    assertThat(fixture.memberships.present(group, fixture.linus).orElseThrow().role()).isEqualTo(Role.OWNER);

    append(group, 4, Change.added(List.of(fixture.stranger), Role.MEMBER));
    assertThat(fixture.groups.add(group, linus, List.of(fixture.stranger), Role.MEMBER).changed()).isFalse();
    assertThat(fixture.memberships.present(group, fixture.stranger)).isPresent();

    append(group, 5, Change.deleted());
    assertThatThrownBy(() -> fixture.groups.delete(group, linus)).isInstanceOf(NotFound.class);
    assertThat(fixture.memberships.presentMembers(group).users()).isEmpty();
    assertThat(fixture.events(group)).hasSize(5);
  }

  /** A process is killed when it has done no more than this. */
  private void append(UUID group, int version, Change change) {
    CommandId unknown = new CommandId(ByteBuffer.allocate(1), ByteBuffer.allocate(1));
    UUID actor = version > 3 ? fixture.linus : fixture.ada;
    assertThat(fixture.log.events()
      .append(group, new GroupEvent(version, fixture.clock.instant(), actor, unknown, change))).isTrue();
  }

  /** Otherwise new members would be given again what was sent until their row was last written. */
  @Test
  void timeSinceWhichOthersKnowAMember_isThatOfTheJoining() {
    UUID group = fixture.create();
    MemberTables tables = new MemberTables(fixture.cassandra, fixture.log.events());
    List<UUID> members = List.of(fixture.ada, fixture.grace, fixture.linus);
    Map<UUID, Instant> known = tables.knownSince(group, members);
    assertThat(known).hasSize(3);
    fixture.groups.changeRole(group, by(fixture.ada), fixture.grace, Role.MODERATOR);
    assertThat(new GroupRepair(fixture.cassandra).rebuild(group)).isTrue();
    assertThat(tables.knownSince(group, members)).isEqualTo(known);

    fixture.groups.remove(group, by(fixture.grace), fixture.grace);
    fixture.groups.add(group, by(fixture.ada), List.of(fixture.grace), Role.MEMBER);
    assertThat(tables.knownSince(group, members).get(fixture.grace)).isAfter(known.get(fixture.grace));
  }

  /** Of a repeated command the first attempt may have been killed before it wrote the tables. */
  @Test
  void repetition_carriesOutWhatTheFirstAttemptLeft() {
    UUID group = fixture.create();
    Command command = by(fixture.ada, "add");
    CommandId id = command.id(new Digest().add("add")
      .add(group)
      .add(Role.MEMBER.text())
      .add(fixture.stranger.toString()));
    fixture.log.events()
      .append(group, new GroupEvent(2, fixture.clock.instant(), fixture.ada, id,
          Change.added(List.of(fixture.stranger), Role.MEMBER)));

    assertThat(fixture.groups.add(group, command, List.of(fixture.stranger), Role.MEMBER).replayed())
      .isTrue();
    assertThat(fixture.memberships.find(group, fixture.stranger)).isPresent();
    assertThat(fixture.events(group)).hasSize(2);
  }

  @Test
  void rowOfWhoHasLeft_goesByItself_unlessTheyComeBack() {
    UUID group = fixture.create();
    new ConversationsOfUser(fixture.cassandra).mute(fixture.grace, group, true);
    fixture.groups.remove(group, by(fixture.grace), fixture.grace);
    assertThat(timesToLive(fixture.grace, group)).doesNotContain(0);
    assertThat(fixture.queries.groups(fixture.grace)).isEmpty();

    fixture.groups.add(group, by(fixture.ada), List.of(fixture.grace), Role.MEMBER);
    assertThat(timesToLive(fixture.grace, group).subList(0, 2)).containsOnly(0);
    assertThat(fixture.queries.groups(fixture.grace)).hasSize(1);
  }

  /** Of the columns, in seconds; 0 for ever. */
  private static List<Integer> timesToLive(UUID user, UUID group) {
    Row row = stores.session()
      .execute("SELECT TTL(is_member), TTL(joined_at), TTL(activity), TTL(muted) FROM conversations_by_user"
          + " WHERE user_id = ? AND conversation_id = ?", user, group)
      .one();
    return IntStream.range(0, 4).mapToObj(Objects.requireNonNull(row)::getInt).toList();
  }

  @Test
  void members_areListedPageByPage_withoutThoseWhoLeft() {
    UUID group = fixture.create();
    List<UUID> more = IntStream.range(0, 40).mapToObj(_ -> UUID.randomUUID()).toList();
    fixture.groups.add(group, by(fixture.ada), more, Role.MEMBER);
    more.subList(0, 20).forEach(user -> fixture.groups.remove(group, by(fixture.ada), user));

    List<UUID> listed = new ArrayList<>();
    UUID after = null;
    do {
      ConversationQueries.Page<ConversationQueries.Listed> page = fixture.queries.members(group, after, 7);
      page.items().forEach(member -> listed.add(member.user()));
      after = page.next();
    } while (after != null);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(Stream
      .concat(Stream.of(fixture.ada, fixture.grace, fixture.linus), more.subList(20, 40).stream())
      .toList());
  }
}
