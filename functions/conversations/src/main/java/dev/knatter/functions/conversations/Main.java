package dev.knatter.functions.conversations;

import java.time.Clock;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.Readiness;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Starts a process that serves this function only. Each Knative service runs one. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    Env env = Env.system();
    Stores stores = Stores.open(env, Clock.systemUTC());
    FunctionServer.run(ServerOptions.from(System::getenv),
        new Readiness(stores::ready, stores::missing, stores::up), stores,
        ConversationsEndpoints.endpoints(env, stores, Guard.create(env, stores)), stores::close);
  }
}
