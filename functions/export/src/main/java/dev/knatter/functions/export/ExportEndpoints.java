package dev.knatter.functions.export;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.deadletter.DeadLettersOfUser;
import dev.knatter.chat.group.ConversationQueries;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.Cursors;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Revoker;

/** Builds the endpoint of this function and the objects that it needs. */
public final class ExportEndpoints {
  private static final Route<ExportQuery> ROUTE = Route
    .bearer("GET", "/v1/me/export", "export", ExportQuery.class)
    .limit(RateLimit.EXPORT.id())
    .lines()
    .compressed();

  private ExportEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    Usernames names = new Usernames(cassandra);
    AccountLines account = new AccountLines(new Profiles(cassandra), new PhoneNumbers(cassandra),
        new Sessions(cassandra, new Revoker(cassandra, new Uuid7(stores.clock()))),
        new Blocks(cassandra, new UserInvalidations(stores.redis())), new Bindings(cassandra),
        new Webhooks(cassandra, stores.clock()), new ConversationQueries(cassandra), new ReadMarks(cassandra),
        names);
    Messages messages = new Messages(Pages.forExport(cassandra, stores.clock(),
        new Slices(cassandra, stores.clock()).start(), new PageCache(stores.redis())), Cursors.from(env),
        new MessageViews(names, new Reactions(cassandra, stores.clock())));
    return List.of(new Endpoint<>(ROUTE, guard.bearerWaiting(RateLimit.EXPORT.id(),
        new ExportFunction(account, new DeadLettersOfUser(cassandra), messages, stores.clock()))));
  }
}
