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

/** The whole product on one port of 127.0.0.1: stores, schema, keys, every deployed function, and the pings. */
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
   * Starts the product and returns when it listens. With embedded stores it is ready soon after, with other stores
   * when they answer.
   *
   * @param fresh whether to delete the data and the keys of earlier runs first; stores and keys that the environment
   *     names stay
   * @param progress receives a line about the progress, now and then
   * @throws CannotStartException with a message for the developer
   * @throws InterruptedException if the thread is interrupted; nothing is left running
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
      Map<String, String> environment = settings.with(embedded.env())
        .with(keys.env())
        .withDefault("KNATTER_WEBHOOKS_INSECURE", "true") // a developer's receivers are on this machine
        .env();
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
    // PORT belongs to Knative. A developer may have set it for another program.
    return ServerOptions.from(name -> name.equals("PORT") ? null : settings.env().get(name))
      .withHost(LOOPBACK)
      .withPort(settings.port());
  }

  public URI uri() {
    return uri;
  }

  /** Whether {@code GET /healthz} answers 200. */
  public boolean ready() {
    return ready.getAsBoolean();
  }

  /** The environment variables with which another process finds the same stores and keys. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The routes that the port serves. */
  public List<Route<?>> routes() {
    return routes;
  }

  /** Finishes running requests, then stops everything that this object has started. */
  @Override
  public void close() {
    opened.close();
  }
}
