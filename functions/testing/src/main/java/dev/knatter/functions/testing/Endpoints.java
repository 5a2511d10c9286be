package dev.knatter.functions.testing;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.core.Env;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;

/** How a function's module makes its endpoints. */
@FunctionalInterface
public interface Endpoints {
  List<Endpoint<?>> make(Env env, Stores stores, Guard guard);
}
