package dev.knatter.functions.sendevents;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.event.EventSources;
import dev.knatter.chat.event.SignedEvents;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.sending.SendingFactory;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class SendEventsEndpoints {
  /** A content of 16,384 bytes fits into this size, with each byte escaped as six, and all of that in base64. */
  private static final int MAX_BODY = 192 * 1024;
  private static final Route<byte[]> ROUTE = Route.event("send-events", byte[].class).maxBody(MAX_BODY);

  private SendEventsEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // no secret depends on it
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Recipients recipients = new Recipients(stores.cassandra());
    Sending sending = SendingFactory.create(stores, Publishing.open(env, stores), recipients, ids,
        random);
    SignedEvents events = new SignedEvents(EventSources.from(env), CommandType.SEND, stores.clock());
    return List.of(
        new Endpoint<>(ROUTE, guard.event(new SendEventsFunction(events, sending, recipients, ids))));
  }
}
