package dev.knatter.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.Readiness;
import dev.knatter.adapter.Route;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.embedded.Checkout;
import dev.knatter.embedded.EmbeddedCassandra;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** The product on one port of loopback: stores, schema, keys, every function that is deployed, and what calls them. */
public final class Local implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Opened opened;
  private final URI uri;
  private final Map<String, String> environment;
  private final List<Route<?>> routes;
  private final BooleanSupplier ready;

  private Local(Opened opened, URI uri, Map<String, String> environment, List<Route<?>> routes,
      BooleanSupplier ready) {
    this.opened = opened;
    this.uri = uri;
    this.environment = Map.copyOf(environment);
    this.routes = List.copyOf(routes);
    this.ready = ready;
  }

  /**
   * Returns when it listens. With stores of its own it is ready soon after; with those of others, once they are.
   *
   * @param fresh whether to forget the data and the keys of earlier runs first; other people's stores stay
   * @param progress takes a line for the person who waits, now and then
   * @throws CannotStartException with a message for that person
   * @throws InterruptedException when interrupted; nothing is left running
   */
  public static Local start(LocalSettings settings, boolean fresh, Consumer<String> progress)
      throws InterruptedException {
    Opened opened = new Opened();
    try {
      InstanceLock lock = opened.add(InstanceLock.acquire(settings.data()), InstanceLock::close);
      PublicPort.requireFree(settings.port());
      if (fresh) {
        EmbeddedCassandra.forget(settings.data().resolve("cassandra"));
        Keys.forget(settings);
      }
      Keys keys = Keys.of(settings);
      keys.makeMissing();
      LocalStores embedded = opened.add(LocalStores.start(settings, progress), LocalStores::close);
      Map<String, String> environment = settings.with(embedded.env()).with(keys.env()).env();
      Env env = Env.of(environment);
      if (embedded.cassandra() != null) {
        progress.accept("Applying the schema");
        Schema.apply(env);
      } else {
        opened.add(Schema.applyWhenThere(env, progress), Thread::interrupt);
      }
      Local local = serve(settings, environment, opened);
      lock.listens(local.uri);
      return local;
    } catch (RuntimeException | InterruptedException e) {
      opened.close();
      throw e;
    }
  }

  private static Local serve(LocalSettings settings, Map<String, String> environment, Opened opened) {
    Env env = Env.of(environment);
    Stores stores = opened.add(Stores.open(env, Clock.systemUTC()), Stores::close);
    Guard guard = Guard.create(env, stores);
    Path manifests = Checkout.root().resolve("knative");
    Deployment deployment = Deployment.read(manifests.resolve("base"), manifests.resolve("eventing"));
    List<Endpoint<?>> published = new ArrayList<>();
    for (String function : deployment.functions()) {
      for (Endpoint<?> endpoint : FunctionModules.endpoints(function, env, stores, guard)) {
        if (deployment.publishes(function, endpoint.route())) {
          published.add(endpoint);
        }
        for (Ping ping : deployment.pings(function)) {
          opened.add(Pinger.start(ping, endpoint, Clock.systemUTC()), Pinger::close);
        }
      }
    }
    FunctionServer server = opened.add(
        FunctionServer.start(options(settings), new Readiness(stores::ready, stores::missing, stores::up),
            stores, published),
        FunctionServer::close);
    List<Route<?>> routes = new ArrayList<>();
    published.forEach(endpoint -> routes.add(endpoint.route()));
    return new Local(opened, URI.create("http://" + LOOPBACK + ":" + server.port()), environment,
        routes, stores::ready);
  }

  private static ServerOptions options(LocalSettings settings) {
    // PORT is Knative's; whoever has it set for something else does not mean us.
    return ServerOptions.from(name -> name.equals("PORT") ? null : settings.env().get(name))
      .withHost(LOOPBACK)
      .withPort(settings.port());
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  /** Whether {@code GET /healthz} answers 200. */
  public boolean ready() {
    return ready.getAsBoolean();
  }

  /** The variables by which a function in a process of its own finds the same stores and keys. */
  public Map<String, String> environment() {
    return environment;
  }

  /** What it answers there. */
  public List<Route<?>> routes() {
    return routes;
  }

  /** Finishes what runs, then stops everything it has started. */
  @Override
  public void close() {
    opened.close();
  }
}
