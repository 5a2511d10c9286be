package dev.knatter.functions.messages;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.delivery.Doorbell;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.LongPoll;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class MessagesEndpoints {
  private static final Route<MessagesQuery> ROUTE = Route
    .bearer("GET", "/v1/messages", "messages", MessagesQuery.class)
    .limit(RateLimit.MESSAGES.id())
    .compressed()
    .waiting();

  private MessagesEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Doorbell doorbell = new Doorbell(stores.redis());
    // Waiting requests must end as soon as the process is told to stop. Otherwise they would delay its end.
    Runtime.getRuntime().addShutdownHook(new Thread(doorbell::close, "stop-waiting"));
    Pages pages = new Pages(cassandra, stores.clock(), new Slices(cassandra, stores.clock()).start(),
        new PageCache(stores.redis()));
    Usernames names = new Usernames(cassandra);
    MessagesFunction function = new MessagesFunction(names,
        new MessageViews(names, new Reactions(cassandra, stores.clock())), new Memberships(cassandra), pages,
        new LongPoll(pages, doorbell), Cursors.from(env), stores.clock());
    return List.of(new Endpoint<>(ROUTE, guard.bearerWaiting(RateLimit.MESSAGES.id(), function)));
  }
}
