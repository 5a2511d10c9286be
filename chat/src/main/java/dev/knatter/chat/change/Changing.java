package dev.knatter.chat.change;

import java.util.random.RandomGenerator;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.chat.sending.MessageWriting;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds {@link Editing}, {@link Deleting} and {@link Reacting} for a process. The stores close what they use. */
public final class Changing {
  private final Stores stores;
  private final Memberships memberships;
  private final MessageAccess access;
  private final MessageWriting writing;
  private final Reactions reactions;
  private final TimelineChanges timeline;
  private final MessageReentry reentry;
  private final ChangeLog changes;
  private final Publications publications;

  private Changing(Stores stores, EventPublishing publishing, MessageWriting writing) {
    Cassandra cassandra = stores.cassandra();
    this.stores = stores;
    this.memberships = writing.memberships();
    this.access = new MessageAccess(memberships, new FanOutLimit(stores.redis()),
        new Recipients(cassandra));
    this.writing = writing;
    this.reactions = new Reactions(cassandra, stores.clock());
    this.timeline = new TimelineChanges(cassandra, writing.slices(),
        new Deletions(cassandra, writing.slices(), reactions));
    this.reentry = new MessageReentry(cassandra, writing.slices(), writing.outbox());
    this.changes = new ChangeLog(memberships, timeline, writing.outbox(), reentry, writing.fanOut(),
        publishing.publications(), writing::changed);
    this.publications = publishing.publications();
  }

  /** @param random not used for secrets */
  public static Changing open(Stores stores, EventPublishing publishing, RandomGenerator random) {
    Uuid7 ids = new Uuid7(stores.clock(), random);
    return new Changing(stores, publishing, MessageWriting.open(stores, publishing, ids, random));
  }

  public Editing editing() {
    return new Editing(stores.clock(), access, changes);
  }

  public Deleting deleting() {
    // A role that was taken away a moment ago does not count any more.
    Moderators moderators = (conversation, member) -> memberships.present(conversation, member)
      .filter(Membership::isModerator)
      .isPresent();
    return new Deleting(stores.clock(), access, moderators, changes);
  }

  public Reacting reacting() {
    return new Reacting(access, timeline, reactions, writing.outbox(), reentry, publications,
        writing::changed);
  }
}
