package dev.knatter.functions.testing;

import java.util.List;

import dev.knatter.adapter.Endpoint;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** Builds the endpoints of a function module. */
@FunctionalInterface
public interface Endpoints {
  List<Endpoint<?>> make(Env env, Stores stores, Guard guard);
}
