package dev.knatter.chat.conversation;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** A group as the tables of members have it, for tests in which the commands do not matter. */
public final class TestGroup {
  public final UUID id = UUID.randomUUID();
  private final CqlSession session;
  private final PreparedStatement upsert;
  private int count;
  private int version = 1;

  public TestGroup(CqlSession session, Collection<UUID> members) {
    this.session = session;
    this.upsert = session
      .prepare("INSERT INTO conversation_members (conversation_id, user_id, role, floor, joined_at,"
          + " version, member_count, retention) VALUES (?, ?, ?, ?, toTimestamp(now()), ?, ?, 0)");
    this.count = members.size();
    members.forEach(member -> write(member, "member", null));
  }

  /** Adds a member. floor: the smallest message id that they may see; null for all */
  public void add(UUID member, @Nullable UUID floor) {
    count++;
    version++;
    write(member, "member", floor);
  }

  public void remove(UUID member) {
    count--;
    version++;
    write(member, "none", null);
  }

  private void write(UUID member, String role, @Nullable UUID floor) {
    session.execute(upsert.bind(id, member, role, floor, version, count));
  }

  /** The group as a sender knows it who believes that these are the members. */
  public Audience known(List<UUID> members) {
    return Audience.of(new Conversation(id, Conversation.GROUP, members));
  }
}
