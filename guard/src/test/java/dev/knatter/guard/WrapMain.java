package dev.knatter.guard;

import java.time.Clock;

import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Guards a function, as each Main does, and ends. */
final class WrapMain {
  private WrapMain() {}

  public static void main(String[] args) {
    Env env = Env.system();
    try (Stores stores = Stores.open(env, Clock.systemUTC())) {
      Guard.create(env, stores).<String>bearer("send", message -> message);
    }
  }
}
