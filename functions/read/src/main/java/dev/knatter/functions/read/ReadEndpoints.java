package dev.knatter.functions.read;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.Reading;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class ReadEndpoints {
  private static final int MAX_BODY = 1024;
  private static final Route<ReadRequest> ROUTE = Route
    .bearer("POST", "/v1/read", "read", ReadRequest.class)
    .limit(RateLimit.READ.id())
    .maxBody(MAX_BODY);

  private ReadEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    Cassandra cassandra = stores.cassandra();
    TimelineRows timeline = new TimelineRows(cassandra, new Slices(cassandra, stores.clock()).start());
    Reading reading = new Reading(cassandra, stores.clock(), new Memberships(cassandra), timeline,
        new ReadMarks(cassandra), Publishing.open(env, stores).publications());
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.READ.id(), new ReadFunction(reading))));
  }
}
