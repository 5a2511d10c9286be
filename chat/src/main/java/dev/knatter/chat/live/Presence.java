package dev.knatter.chat.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.account.Contacts;
import dev.knatter.chat.account.Contacts.Contact;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.ConversationsOfUser;
import dev.knatter.chat.live.LiveFrame.PresenceFrame;
import dev.knatter.chat.live.PresenceStore.Seen;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.token.Identity;

/**
 * Tells who is here and who is writing. Neither is told between two people of whom one has blocked the other. Presence is told to
 * those to whom a user has written in a direct conversation of late: a stranger who writes first learns nothing. It is not told to
 * or about those who have chosen not to show it.
 */
public final class Presence {
  /** How many partners are told, those with the newest conversations. */
  static final int MAX_PARTNERS = 50;
  /** The largest conversation in which typing is told. */
  private static final int MAX_MEMBERS = Conversation.MAX_MEMBERS;

  private final PresenceStore store;
  private final Contacts contacts;
  private final Conversations direct;
  private final ConversationsOfUser conversations;
  private final Memberships memberships;
  private final Writers writers;
  private final Supplier<FramePublisher> frames;

  public Presence(Cassandra cassandra, Redis redis, Memberships memberships,
      Supplier<FramePublisher> frames) {
    this.store = new PresenceStore(redis);
    this.contacts = new Contacts(cassandra);
    this.direct = new Conversations(cassandra);
    this.conversations = new ConversationsOfUser(cassandra);
    this.memberships = memberships;
    this.writers = new Writers(cassandra);
    this.frames = frames;
  }

  /**
   * Stores and tells that a user's client is visible, or not any more.
   *
   * @return what the user sees of their partners, if the client is visible
   */
  public List<LiveFrame> say(Identity user, boolean visible) {
    UUID me = user.userId();
    Contact self = contacts.of(List.of(me)).get(me);
    if (self == null || !self.showsLastSeen()) {
      return List.of();
    }
    Seen seen = store.say(me, user.sessionId(), visible).orElse(null);
    if (seen == null) {
      return List.of(); // Redis is away
    }
    Map<UUID, Conversation> recent = direct.findAll(conversations.direct(me, MAX_PARTNERS));
    Map<UUID, Set<UUID>> written = writers.of(List.copyOf(recent.keySet()));
    List<Contact> partners = partners(self, recent.values());
    Set<UUID> addressed = new HashSet<>();
    recent.forEach((id, conversation) -> {
      if (written.getOrDefault(id, Set.of()).contains(me)) {
        addressed.addAll(conversation.members());
      }
    });
    frames.get()
      .hint(partners.stream().map(Contact::userId).filter(addressed::contains).toList(),
          PresenceFrame.of(self.username(), seen.online(), seen.lastSeen()));
    Set<UUID> heard = new HashSet<>();
    written.values().forEach(heard::addAll);
    return visible
        ? present(partners.stream().filter(partner -> heard.contains(partner.userId())).toList())
        : List.of();
  }

  private List<LiveFrame> present(List<Contact> partners) {
    Map<UUID, Seen> known = store.of(partners.stream().map(Contact::userId).toList());
    List<LiveFrame> present = new ArrayList<>();
    for (Contact partner : partners) {
      Seen seen = known.get(partner.userId());
      if (seen != null) {
        present.add(PresenceFrame.of(partner.username(), seen.online(), seen.lastSeen()));
      }
    }
    return present;
  }

  private List<Contact> partners(Contact self, Collection<Conversation> recent) {
    Set<UUID> others = new HashSet<>();
    recent.forEach(conversation -> others.addAll(conversation.members()));
    others.remove(self.userId());
    return open(self, others).stream().filter(Contact::showsLastSeen).toList();
  }

  /** Those of some users who have not blocked somebody and were not blocked by them. */
  private List<Contact> open(Contact self, Collection<UUID> others) {
    return contacts.of(others).values().stream().filter(other -> !other.isApartFrom(self)).toList();
  }

  /**
   * Tells the other members of a conversation that a member is writing. Large groups are not told.
   *
   * @throws NotFound if the user is no member
   */
  public void typing(Identity user, UUID conversation) {
    var _ = memberships.require(conversation, user.userId());
    List<UUID> members = new ArrayList<>(memberships.members(conversation).users());
    if (members.size() > MAX_MEMBERS) {
      return;
    }
    members.remove(user.userId());
    Contact self = contacts.of(List.of(user.userId())).get(user.userId());
    if (self != null) {
      frames.get()
        .hint(open(self, members).stream().map(Contact::userId).toList(),
            LiveFrame.Typing.of(conversation, self.username()));
    }
  }
}
