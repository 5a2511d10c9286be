package dev.knatter.functions.eraseevents;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.erasure.TrustedErasures;
import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.event.EventSources;
import dev.knatter.chat.event.SignedEvents;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class EraseEventsEndpoints {
  private static final int MAX_BODY = 16 * 1024;
  private static final Route<byte[]> ROUTE = Route.event("erase-events", byte[].class).maxBody(MAX_BODY);

  private EraseEventsEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    TrustedErasures erasures = new TrustedErasures(cassandra, stores.redis(), stores.clock(),
        ErasedNames.from(env, cassandra), Publishing.open(env, stores).publications());
    SignedEvents events = new SignedEvents(EventSources.from(env), CommandType.ERASE, stores.clock());
    return List.of(new Endpoint<>(ROUTE, guard.event(new EraseEventsFunction(events, erasures))));
  }
}
