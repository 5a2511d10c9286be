package dev.knatter.functions.conversations;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.ConversationQueries;
import dev.knatter.chat.group.ConversationsOfUser;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.Invitations;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.page.ListCursors;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reading.ConversationOverviews;
import dev.knatter.chat.reading.ReadReceipts;
import dev.knatter.chat.sending.MessageWriting;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import org.springframework.messaging.Message;

/** Builds the endpoints of this function and the objects that they need. */
public final class ConversationsEndpoints {
  /** Enough for 64 usernames and a name, with every character escaped. */
  private static final int MAX_BODY = 16 * 1024;
  private static final String ALL = "/v1/conversations";
  private static final String ONE = ALL + "/{conversationId}";
  private static final String MUTE = ONE + "/mute";
  private static final String RECEIPTS = ONE + "/receipts";
  private static final String MEMBERS = ONE + "/members";
  private static final String MEMBER = MEMBERS + "/{username}";

  private ConversationsEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Usernames names = new Usernames(stores.cassandra());
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Publishing publishing = Publishing.open(env, stores);
    MessageWriting writing = MessageWriting.open(stores, publishing, ids, random);
    PendingChanges changes = new PendingChanges(stores.cassandra(), ids, random);
    GroupFunctions groups = groups(stores, publishing, writing, changes, names);
    QueryFunctions queries = queries(env, stores, writing, names);
    return List.of(
        change(guard, Route.bearer("POST", ALL, "conversations-create", CreateRequest.class), groups::create),
        query(guard, Route.bearer("GET", ALL, "conversations", ListQuery.class), queries::list),
        query(guard, Route.bearer("GET", ONE, "conversations-get", ConversationPath.class), queries::get),
        change(guard, Route.bearer("PATCH", ONE, "conversations-change", ChangeRequest.class),
            groups::change),
        change(guard, Route.bearer("DELETE", ONE, "conversations-delete", ConversationPath.class),
            groups::delete),
        change(guard, Route.bearer("PUT", MUTE, "conversations-mute", ConversationPath.class), queries::mute),
        change(guard, Route.bearer("DELETE", MUTE, "conversations-unmute", ConversationPath.class),
            queries::unmute),
        query(guard, Route.bearer("GET", RECEIPTS, "conversations-receipts", ConversationPath.class),
            queries::receipts),
        query(guard, Route.bearer("GET", MEMBERS, "conversations-members", MembersQuery.class),
            queries::members),
        change(guard, Route.bearer("POST", MEMBERS, "conversations-add", AddRequest.class), groups::add),
        change(guard, Route.bearer("PATCH", MEMBER, "conversations-role", RoleRequest.class),
            groups::changeRole),
        change(guard, Route.bearer("DELETE", MEMBER, "conversations-remove", MemberPath.class),
            groups::remove));
  }

  private static GroupFunctions groups(Stores stores, Publishing publishing, MessageWriting writing,
      PendingChanges changes, Usernames names) {
    Cassandra cassandra = stores.cassandra();
    JoinCatchUp catchUp = new JoinCatchUp(cassandra, writing.slices(), writing.outbox(),
        writing.notifier()::conversationChanged);
    stores.beforeClose(changes::close);
    stores.beforeClose(catchUp::close); // first: it may be using the outbox
    Groups groups = new Groups(cassandra, stores.clock(), changes, publishing.publications(),
        catchUp);
    Invitations invitations = new Invitations(new Recipients(cassandra), new ConversationsOfUser(cassandra),
        new Admission(stores.redis()));
    return new GroupFunctions(groups, invitations, names, writing::stored);
  }

  private static QueryFunctions queries(Env env, Stores stores, MessageWriting writing, Usernames names) {
    Cassandra cassandra = stores.cassandra();
    Memberships memberships = writing.memberships();
    TimelineRows timeline = new TimelineRows(cassandra, writing.slices());
    return new QueryFunctions(new ConversationQueries(cassandra), new ConversationsOfUser(cassandra),
        memberships, new ConversationOverviews(cassandra, stores.clock(), timeline),
        new ReadReceipts(cassandra, memberships), names, ListCursors.from(env, "conversations"),
        ListCursors.from(env, "members"));
  }

  private static <I> Endpoint<I> change(Guard guard, Route<I> route,
      Function<Message<I>, ? extends Message<?>> function) {
    return endpoint(guard, route, RateLimit.CONVERSATION_CHANGES, function);
  }

  private static <I> Endpoint<I> query(Guard guard, Route<I> route,
      Function<Message<I>, ? extends Message<?>> function) {
    return endpoint(guard, route.compressed(), RateLimit.CONVERSATIONS, function);
  }

  private static <I> Endpoint<I> endpoint(Guard guard, Route<I> route, RateLimit limit,
      Function<Message<I>, ? extends Message<?>> function) {
    return new Endpoint<>(route.limit(limit.id()).maxBody(MAX_BODY), guard.bearer(limit.id(), function));
  }
}
