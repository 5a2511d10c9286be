package dev.knatter.functions.testing;

import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.group.Versions;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;

/** Groups that exist before a test. */
public final class TestGroups {
  private TestGroups() {}

  /** Creates a group. Its members see all messages. */
  public static UUID create(Installation installation, Identity owner, List<UUID> members) {
    return create(installation, owner, members, 0);
  }

  /** The same for a group whose messages live for some days; 0 for ever. */
  public static UUID create(Installation installation, Identity owner, List<UUID> members,
      int retentionDays) {
    Stores stores = installation.stores();
    Cassandra cassandra = stores.cassandra();
    Random random = new Random();
    try (Outbox outbox = new Outbox(cassandra, new Inbox(cassandra), installation.ids(), random);
        PendingChanges changes = new PendingChanges(cassandra, installation.ids(), random);
        JoinCatchUp catchUp = new JoinCatchUp(cassandra, new Slices(cassandra, stores.clock()), outbox,
            (_, _) -> {})) {
      Groups groups = new Groups(cassandra, stores.clock(), changes, Publications.NONE, catchUp);
      return groups.create(new Command(owner.userId(), null, Versions.ANY),
          new NewGroup("Engines", members, retentionDays, HistoryPolicy.ALL))
        .state()
        .id();
    }
  }
}
