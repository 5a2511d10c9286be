package dev.knatter.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import dev.knatter.local.broker.InMemoryBroker;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole product on one port of 127.0.0.1: stores, schema, keys, every deployed function, and the pings; and a broker on
 * the next port.
 */
public final class Local implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Local.class);
  private static final String LOOPBACK = "127.0.0.1";
  /** Where functions send events, as a SinkBinding tells them. */
  private static final String SINK = "K_SINK";

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
      if (settings.hasBroker()) {
        PublicPort.requireFree(settings.brokerPort());
      }
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
        .withDefault("KNATTER_COOKIES_INSECURE", "true") // and so is the page, without https
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

  private static Local serve(LocalSettings settings, Map<String, String> variables, Opened opened) {
    Path manifests = Checkout.root().resolve("knative");
    Deployment deployment = Deployment.read(manifests.resolve("base"), manifests.resolve("eventing"));
    // Before the functions: they ask for the sink when they are made.
    Optional<InMemoryBroker> broker = deployment.eventing()
      .filter(_ -> settings.hasBroker())
      .map(eventing -> opened.add(InMemoryBroker.start(settings.brokerPort(), eventing.path()),
          InMemoryBroker::close));
    Map<String, String> environment = new HashMap<>(variables);
    broker.ifPresent(running -> environment.put(SINK, running.uri().toString()));
    Env env = Env.of(environment);
    Stores stores = opened.add(Stores.open(env, Clock.systemUTC()), Stores::close);
    Guard guard = Guard.create(env, stores);
    EventServers consumers = opened.add(new EventServers(options(settings)), EventServers::close);
    List<Endpoint<?>> published = new ArrayList<>();
    for (String function : deployment.functions()) {
      boolean sends = deployment.eventSources().contains(function);
      List<Endpoint<?>> endpoints = FunctionModules.endpoints(function, sends ? env : Env.of(variables),
          stores, guard);
      endpoints.stream()
        .filter(endpoint -> deployment.publishes(function, endpoint.route()))
        .forEach(published::add);
      if (deployment.consumers().contains(function)) {
        consumers.start(function, endpoints);
      }
    }
    connect(deployment, broker, consumers, opened);
    FunctionServer server = opened.add(
        FunctionServer.start(options(settings), new Readiness(stores::ready, stores::missing, stores::up),
            stores, published),
        FunctionServer::close);
    List<Route<?>> routes = new ArrayList<>();
    published.forEach(endpoint -> routes.add(endpoint.route()));
    return new Local(opened, URI.create("http://" + LOOPBACK + ":" + server.port()), environment,
        routes, stores::ready);
  }

  /** Lets events and pings reach the functions that take them. */
  private static void connect(Deployment deployment, Optional<InMemoryBroker> broker, EventServers consumers,
      Opened opened) {
    for (String function : deployment.consumers()) {
      if (consumers.address(function) == null) {
        log.warn(
            "knative/eventing names the function {}, which knative/base does not have: it gets no events",
            function);
      }
    }
    broker.ifPresent(running -> deployment.eventing()
      .stream()
      .flatMap(eventing -> eventing.triggers(consumers::address).stream())
      .forEach(running::subscribe));
    for (Ping ping : deployment.pings()) {
      URI address = consumers.address(ping.function());
      if (address != null) {
        opened.add(Pinger.start(ping, address, Clock.systemUTC()), Pinger::close);
      }
    }
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

  /** The environment variables with which another process finds the same stores, keys and broker. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Where functions send events; empty if nowhere. */
  public Optional<String> sink() {
    return Optional.ofNullable(environment.get(SINK));
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
