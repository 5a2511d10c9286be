package dev.knatter.chat.group;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.ConversationActivity;
import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.message.ConversationContent;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Makes the tables anew that are made from others: who is in a group, who has which conversations, and when they were last active.
 * It goes through all conversations of the store, while the product runs. May be interrupted and repeated.
 */
public final class GroupRebuild {
  private final Cassandra cassandra;
  private final Clock clock;
  private final GroupRepair repair;
  private final Memberships memberships;
  private final Usernames names;
  private final ConversationContent content;
  private final ConversationActivity activity;
  private final Cql selectGroups;
  private final Cql selectConversations;

  /** How many groups were made anew, and of how many conversations the activity was. */
  public record Result(int groups, int active) {}

  public GroupRebuild(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.repair = new GroupRepair(cassandra);
    this.memberships = new Memberships(cassandra);
    this.names = new Usernames(cassandra);
    this.content = new ConversationContent(cassandra);
    this.activity = new ConversationActivity(cassandra);
    this.selectGroups = cassandra.cql("SELECT DISTINCT conversation_id FROM conversation_events");
    this.selectConversations = cassandra.cql("SELECT DISTINCT conversation_id FROM conversations");
  }

  public Result run() {
    return new Result(each(selectGroups, repair::rebuild), each(selectConversations, this::rebuildActivity));
  }

  /** Of those who still exist: the list of an erased user must not come back, because nobody would erase it again. */
  private boolean rebuildActivity(UUID conversation) {
    Members members = memberships.presentMembers(conversation);
    Optional<UUID> newest = members.users().isEmpty()
        ? Optional.empty()
        : content.newest(conversation, members.longest().oldest(clock.instant()));
    newest.ifPresent(message -> names.of(members.users())
      .keySet()
      .forEach(member -> cassandra.execute(activity.update(member, conversation, message))));
    return newest.isPresent();
  }

  /** What is done with one conversation. Returns whether it counts. */
  @FunctionalInterface
  private interface Work {
    boolean done(UUID conversation);
  }

  /** Page by page: a store may have millions. */
  private int each(Cql select, Work work) {
    int count = 0;
    AsyncResultSet page = cassandra.execute(select.bind());
    while (true) {
      for (Row row : page.currentPage()) {
        UUID id = row.getUuid("conversation_id");
        if (id != null && work.done(id)) {
          count++;
        }
      }
      if (!page.hasMorePages()) {
        return count;
      }
      page = cassandra.join(page.fetchNextPage());
    }
  }
}
