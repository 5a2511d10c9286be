package dev.knatter.functions.edit;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.change.Changing;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.guard.Guard;
import dev.knatter.publishing.Publishing;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Builds the endpoint of this function and the objects that it needs. */
public final class EditEndpoints {
  /** Enough for a content of 16,384 bytes, each escaped as six. */
  private static final int MAX_BODY = 128 * 1024;
  private static final Route<EditRequest> ROUTE = Route
    .bearer("POST", "/v1/edit", "edit", EditRequest.class)
    .limit(RateLimit.EDIT.id())
    .maxBody(MAX_BODY);

  private EditEndpoints() {}

  public static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong(); // not for secrets
    Changing changing = Changing.open(stores, Publishing.open(env, stores), random);
    Usernames names = new Usernames(stores.cassandra());
    MessageViews views = new MessageViews(names, new Reactions(stores.cassandra(), stores.clock()));
    EditFunction function = new EditFunction(changing.editing(), names, views);
    return List.of(new Endpoint<>(ROUTE, guard.bearer(RateLimit.EDIT.id(), function)));
  }
}
