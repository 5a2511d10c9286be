package dev.knatter.functions.send;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.Sending;
import dev.knatter.chat.sending.SendOperation;
import dev.knatter.chat.sending.SendingFactory;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class SendEndpoints {
  /** Enough for a content of 16,384 bytes, each escaped as six. */
  private static final int MAX_BODY = 128 * 1024;
  private static final Route<SendRequest> ROUTE = Route.bearer("POST", "/v1/send", "send", SendRequest.class)
    .limit(RateLimit.SEND.id())
    .maxBody(MAX_BODY);

  private SendEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Uuid7 ids = new Uuid7(stores.clock(), random);
    Recipients recipients = new Recipients(stores.cassandra());
    Sending sending = SendingFactory.create(stores, Publishing.open(env, stores), recipients, ids,
        random);
    return List.of(
        new Endpoint<>(ROUTE, guard.bearer(RateLimit.SEND.id(),
            new SendFunction(new SendOperation(sending, recipients, ids)))));
  }
}
