package dev.knatter.bench.live;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.bench.groups.GroupMaker;
import dev.knatter.bench.setup.History;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RawStatements;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.TokenIssuer;

/**
 * Those who hold the connections, each with an account and a session, and the groups of some of them.
 *
 * @param readers everybody, in the order in which they connect
 * @param groups  of {@value #GROUP} each, all of them readers: the first ones are in the first group
 */
record LivePeople(List<LiveReader> readers, List<LiveGroup> groups) {
  /** As many as one commit enters a message for. */
  static final int GROUP = 64;
  /** So many are sent to at once. */
  private static final int MOST_GROUPS = 8;

  /** A group whose members are readers. */
  record LiveGroup(UUID id, List<LiveReader> members) {}

  static LivePeople write(Cassandra cassandra, GroupMaker maker, TestUsers users, int count) {
    List<Person> people = IntStream.range(0, count)
      // One millisecond later than the other users, whose ids begin at zero, too.
      .mapToObj(i -> new Person(Uuid7.of(users.since() + 1, i, i), "live%05d".formatted(i)))
      .toList();
    new History(cassandra).write(people, Instant.ofEpochMilli(users.since()));
    List<OpenSession> sessions = OpenSession.write(cassandra, RawStatements.of(cassandra), people);
    List<LiveReader> readers = IntStream.range(0, count)
      .mapToObj(i -> new LiveReader(people.get(i), sessions.get(i).token().sessionId()))
      .toList();
    return new LivePeople(readers, makeGroups(maker, readers));
  }

  private static List<LiveGroup> makeGroups(GroupMaker maker, List<LiveReader> readers) {
    List<LiveGroup> groups = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_GROUPS, readers.size() / GROUP); i++) {
      List<LiveReader> members = readers.subList(i * GROUP, (i + 1) * GROUP);
      UUID id = maker.make(members.getFirst().person(),
          members.stream().skip(1).map(member -> member.person().id()).toList())
        .id();
      groups.add(new LiveGroup(id, members));
    }
    return groups;
  }

  /** The first ones. */
  List<LiveReader> readers(int count) {
    return readers.subList(0, count);
  }

  /** The groups whose members are all among the first readers. */
  List<LiveGroup> groups(int readers) {
    return groups.subList(0, Math.min(groups.size(), readers / GROUP));
  }

  /** Gives readers new access tokens: those of the last time may be too old. */
  static void renewTokens(Env env, List<LiveReader> readers) {
    TokenIssuer issuer = TokenIssuer.from(env, Clock.systemUTC());
    readers.parallelStream().forEach(reader -> reader.token(issuer.issue(reader.identity())));
  }
}
