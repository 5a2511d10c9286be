package dev.knatter.packaging.product;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;
import dev.knatter.local.Local;
import dev.knatter.packaging.Program;
import dev.knatter.packaging.TrainingRequest;

/** The functions as programs, each with its own class path as Maven resolved it. */
public final class Product {
  private static final Map<String, Function<TrainingUsers, List<TrainingRequest>>> SESSIONS = Map.ofEntries(
      session("register", TrainingLogins::register),
      session("login", TrainingLogins::login),
      session("refresh", TrainingLogins::refresh),
      session("logout", TrainingLogins::logout),
      session("sessions", TrainingLogins::sessions),
      session("jwks", TrainingFiles::jwks),
      session("send", TrainingMessages::send),
      session("messages", TrainingMessages::messages),
      session("edit", TrainingChanges::edit),
      session("delete", TrainingChanges::delete),
      session("react", TrainingChanges::react),
      session("read", TrainingChanges::read),
      session("stream", TrainingStreams::stream),
      session("outbox", TrainingDelivery::outbox),
      session("send-events", TrainingEvents::sendEvents),
      session("erase-events", TrainingEvents::eraseEvents),
      session("users", TrainingProfiles::users),
      session("account", TrainingProfiles::account),
      session("export", TrainingProfiles::export),
      session("dead-letters", TrainingDelivery::deadLetters),
      session("webhooks", TrainingDelivery::webhooks),
      session("conversations", TrainingConversations::conversations),
      session("deliver", TrainingDelivery::deliver),
      session("web", TrainingFiles::web));

  /** Of the JDK, all that is loaded while functions are trained, and what that refers to. */
  public static final Set<String> MODULES = Set.of(
      "java.base",
      "java.logging",
      "java.management",
      "java.naming", // the HTTP client checks certificates with it
      "java.sql", // the types of columns, and of what Jackson can read
      "jdk.jfr", // Netty asks whether it is there
      "jdk.net", // socket options
      "jdk.unsupported"); // sun.misc.Unsafe, which both clients of the stores use

  /**
   * For programs that answer their first request soon. The cache also holds which methods the second compiler (C2) compiled
   * in training, and each start would compile them before anything else. Without that record C2 waits until a method is
   * used often.
   */
  public static final List<String> SOON = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

  /** For the memory of a password hash. */
  private static final String MEMORY = "-Xmx128m";
  /**
   * Those that hash passwords. The first request of register and login is a hash, which C2 should compile at once; account
   * hashes now and then.
   */
  private static final Map<String, List<String>> OPTIONS = Map.of("register", List.of(MEMORY), "login",
      List.of(MEMORY), "account", Stream.concat(Stream.of(MEMORY), SOON.stream()).toList());

  private Product() {}

  private static Map.Entry<String, Function<TrainingUsers, List<TrainingRequest>>> session(String function,
      Function<TrainingUsers, List<TrainingRequest>> session) {
    return Map.entry(function, session);
  }

  /** All that can be packaged, by name. */
  public static List<String> functions() {
    return SESSIONS.keySet().stream().sorted().toList();
  }

  /**
   * A function as it is deployed, trained beside the product that runs here.
   *
   * @throws IllegalArgumentException for a name that is none of {@link #functions}
   */
  public static Program program(String function, Local local) {
    Function<TrainingUsers, List<TrainingRequest>> session = SESSIONS.get(function);
    if (session == null) {
      throw new IllegalArgumentException(
          "There is no function " + function + ". There are " + String.join(", ", functions()) + ".");
    }
    Map<String, String> environment = new HashMap<>(local.environment());
    // As in a cluster, where stores have names, and where this tells who calls.
    environment.replaceAll((_, value) -> value.replace("127.0.0.1:", "localhost:"));
    environment.put("KNATTER_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8,fc00::/7");
    environment.put("KNATTER_HOST", "127.0.0.1");
    Path module = Checkout.root().resolve("functions").resolve(function);
    return new Program(function, classPath(module), Optional.of(module.resolve("target/app.cdx.json")),
        "dev.knatter.functions." + function.replace("-", "") + ".Main",
        OPTIONS.getOrDefault(function, SOON), environment,
        () -> session.apply(TrainingUsers.register(local, function)));
  }

  /** The class path of a module of this build, as Maven resolved it. */
  public static List<Path> classPath(Path module) {
    Path target = module.resolve("target");
    try {
      String resolved = Files.readString(target.resolve("class-path")).strip();
      return Stream
        .concat(Stream.of(target.resolve("classes")),
            Stream.of(resolved.split(File.pathSeparator, -1)).map(Path::of))
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(module + " is not built: ./mvnw process-classes", e);
    }
  }
}
