package dev.knatter.functions.messages;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.account.Names;
import dev.knatter.core.conversation.Conversations;
import dev.knatter.core.delivery.Doorbell;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.message.Slices;
import dev.knatter.core.page.Cursors;
import dev.knatter.core.page.PageCache;
import dev.knatter.core.page.Pages;
import dev.knatter.core.page.Waiting;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Messages {
  private static final Route<MessagesQuery> ROUTE = Route
    .bearer("GET", "/v1/messages", "messages", MessagesQuery.class)
    .limit(RateLimit.MESSAGES.id())
    .compressed()
    .waiting();

  private Messages() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Doorbell doorbell = new Doorbell(stores.redis());
    // When the process is told to stop, and not only when its requests have ended: those who wait would hold it up.
    Runtime.getRuntime().addShutdownHook(new Thread(doorbell::close, "stop-waiting"));
    Pages pages = new Pages(cassandra, stores.clock(), new Slices(cassandra, stores.clock()).start(),
        new PageCache(stores.redis()));
    MessagesFunction function = new MessagesFunction(new Names(cassandra), new Conversations(cassandra),
        pages,
        new Waiting(pages, doorbell), Cursors.from(env), stores.clock());
    return List.of(new Endpoint<>(ROUTE, guard.bearerWaiting(RateLimit.MESSAGES.id(), function)));
  }
}
