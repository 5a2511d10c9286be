package dev.knatter.e2e.deploy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;

/**
 * The product, running: its processes, its stores behind proxies that can fail, its keys. Of a remote one only the address
 * is known.
 */
public final class Deployment {
  private static final String INSIDE = "Not known of a remote deployment: mark the test as @Inside.";

  private final Target target;
  private final Path folder;
  private final @Nullable RealStores stores;
  private final @Nullable Keys keys;
  private final @Nullable Pod remote;
  private final List<String> options;
  private final Map<String, String> variables;
  private final Secrets secrets;
  private final @Nullable EventBroker broker;
  private final Map<Service, List<Pod>> pods = new LinkedHashMap<>();
  private final List<Deployment> beside = new CopyOnWriteArrayList<>();
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

  private Deployment(Target target, Path folder, @Nullable RealStores stores, @Nullable Keys keys,
      @Nullable Pod remote, Secrets secrets, @Nullable EventBroker broker, List<String> options,
      Map<String, String> variables) {
    this.target = target;
    this.remote = remote;
    this.folder = folder;
    this.stores = stores;
    this.keys = keys;
    this.options = options;
    this.variables = Map.copyOf(variables);
    this.secrets = secrets;
    this.broker = broker;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes keys and tables; a process starts when it is first asked for. */
  static Deployment create(Target target, RealStores stores) {
    Path folder = Path.of("target", "e2e", target.toString()).toAbsolutePath();
    forget(folder);
    Keys keys = Keys.make(folder.resolve("keys"));
    Keys.run(List.of("dev.knatter.shared.store.SchemaMain"), stores.env(), folder.resolve("schema.log"));
    Secrets secrets = new Secrets();
    keys.secrets().forEach(secrets::add);
    return new Deployment(target, folder, stores, keys, null, secrets,
        target == Target.PROCESSES ? new EventBroker() : null, List.of(), Map.of());
  }

  /** What runs at an address. */
  static Deployment at(URI address) {
    Path folder = Path.of("target", "e2e", Target.REMOTE.toString()).toAbsolutePath();
    forget(folder);
    return new Deployment(Target.REMOTE, folder, null, null, Pod.at(address), new Secrets(), null, List.of(),
        Map.of());
  }

  /** The logs and keys of an earlier run. */
  private static void forget(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * More processes, with the same stores and keys.
   *
   * @param jvmOptions in addition to the usual ones
   */
  public Deployment beside(String name, String... jvmOptions) {
    return beside(name, List.of(jvmOptions), Map.of());
  }

  /** @param more variables of the environment */
  public Deployment beside(String name, Map<String, String> more) {
    return beside(name, List.of(), more);
  }

  private Deployment beside(String name, List<String> jvmOptions, Map<String, String> more) {
    Deployment deployment = new Deployment(target, folder.resolve(name), stores, keys, remote, secrets,
        broker, jvmOptions, more);
    beside.add(deployment);
    return deployment;
  }

  /** Whichever process serves a path; any for a path that none does. */
  public Pod pod(String path) {
    return pods(path, 1).getFirst();
  }

  /** So many processes that serve a path. */
  public List<Pod> pods(String path, int count) {
    if (remote != null) {
      return Collections.nCopies(count, remote); // which of them answers is the cluster's business
    }
    List<Pod> chosen = start(service(path), count);
    chosen.forEach(Pod::awaitReady);
    return chosen;
  }

  /** Starts one process of each kind and does not wait for them. */
  public synchronized List<Pod> startAll() {
    return target.services().stream().flatMap(service -> start(service, 1).stream()).toList();
  }

  /** Has the broker give events to the functions that run. */
  void connectBroker() {
    if (broker != null) {
      broker.connect(this);
    }
  }

  /** The process of a function; empty if it was not started. */
  public synchronized Optional<Pod> function(String name) {
    return pods.entrySet()
      .stream()
      .filter(running -> running.getKey().name().equals(name))
      .map(running -> running.getValue().getFirst())
      .findFirst();
  }

  /** What functions of their own processes publish to. */
  public EventBroker broker() {
    return Objects.requireNonNull(broker,
        "Only a deployment of one process per function has one to look into.");
  }

  private synchronized List<Pod> start(Service service, int count) {
    List<Pod> running = pods.computeIfAbsent(service, key -> new ArrayList<>());
    while (running.size() < count) {
      running.add(service.start(running.size() + 1, folder, env(), options));
    }
    return List.copyOf(running.subList(0, count));
  }

  private Service service(String path) {
    return target.services()
      .stream()
      .filter(s -> s.serves(path))
      .findFirst()
      .orElse(target.services().getFirst());
  }

  private Map<String, String> env() {
    Map<String, String> env = new HashMap<>(stores().env());
    env.putAll(keys().env());
    if (broker != null) {
      env.put("K_SINK", broker.uri().toString());
    }
    env.putAll(variables);
    return env;
  }

  public synchronized List<Pod> running() {
    return pods.values().stream().flatMap(List::stream).toList();
  }

  /** Those that serve a path and have not ended. */
  public synchronized List<Pod> running(String path) {
    return pods.getOrDefault(service(path), List.of()).stream().filter(Pod::isAlive).toList();
  }

  public Target target() {
    return target;
  }

  /** The function that finishes what others have left over, in a process of its own. */
  public Pod outbox() {
    Pod outbox = start(Service.OUTBOX, 1).getFirst();
    outbox.awaitReady();
    return outbox;
  }

  /** Something that takes long to come about and that several tests look at. What is {@link Closeable} is closed at the end. */
  public <T> T once(Class<T> what, Function<Deployment, T> make) {
    return what.cast(shared.computeIfAbsent(what, key -> make.apply(this)));
  }

  /** Whether a test makes the stores fail at this moment. */
  public boolean storesFail() {
    return stores != null && (stores.cassandra().hasFault() || stores.redis().hasFault());
  }

  public RealStores stores() {
    return Objects.requireNonNull(stores, INSIDE);
  }

  public Keys keys() {
    return Objects.requireNonNull(keys, INSIDE);
  }

  public Secrets secrets() {
    return secrets;
  }

  /** What its logs, and those of the deployments beside it, tell that they must not. */
  public List<String> revealed() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".log"))
        .flatMap(
            log -> secrets.revealedBy(Logs.read(log)).stream().map(line -> log.getFileName() + ": " + line))
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills all processes, and those beside. */
  void close() {
    beside.forEach(Deployment::close);
    running().forEach(Pod::close);
    if (broker != null) {
      broker.close();
    }
    shared.values().forEach(Deployment::closeIfPossible);
  }

  private static void closeIfPossible(Object made) {
    if (made instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
