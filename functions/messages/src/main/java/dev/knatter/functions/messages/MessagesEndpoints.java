package dev.knatter.functions.messages;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.delivery.Doorbell;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.LongPoll;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** The endpoint of this function, and what it is made of. */
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
    // When the process is told to stop, and not only when its requests have ended: those who wait would hold it up.
    Runtime.getRuntime().addShutdownHook(new Thread(doorbell::close, "stop-waiting"));
    Pages pages = new Pages(cassandra, stores.clock(), new Slices(cassandra, stores.clock()).start(),
        new PageCache(stores.redis()));
    MessagesFunction function = new MessagesFunction(new Usernames(cassandra), new Conversations(cassandra),
        pages,
        new LongPoll(pages, doorbell), Cursors.from(env), stores.clock());
    return List.of(new Endpoint<>(ROUTE, guard.bearerWaiting(RateLimit.MESSAGES.id(), function)));
  }
}
