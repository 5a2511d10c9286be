package dev.knatter.functions.export;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Bindings;
import dev.knatter.core.account.Blocks;
import dev.knatter.core.account.Names;
import dev.knatter.core.account.PhoneNumbers;
import dev.knatter.core.account.Profiles;
import dev.knatter.core.account.Sessions;
import dev.knatter.core.limit.Notices;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.message.Slices;
import dev.knatter.core.page.Cursors;
import dev.knatter.core.page.PageCache;
import dev.knatter.core.page.Pages;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.Revoker;
import dev.knatter.guard.Guard;

/** The endpoint of this function, and what it is made of. */
public final class Export {
  private static final Route<ExportQuery> ROUTE = Route
    .bearer("GET", "/v1/me/export", "export", ExportQuery.class)
    .limit(RateLimit.EXPORT.id())
    .lines()
    .compressed();

  private Export() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Names names = new Names(cassandra);
    Account account = new Account(new Profiles(cassandra), new PhoneNumbers(cassandra),
        new Sessions(cassandra, new Revoker(cassandra, new Uuid7(stores.clock()))),
        new Blocks(cassandra, new Notices(stores.redis())), new Bindings(cassandra), names);
    Messages messages = new Messages(new Pages(cassandra, stores.clock(),
        new Slices(cassandra, stores.clock()).start(), new PageCache(stores.redis())), Cursors.from(env),
        names);
    return List.of(new Endpoint<>(ROUTE, guard.bearerWaiting(RateLimit.EXPORT.id(),
        new ExportFunction(account, messages, stores.clock()))));
  }
}
