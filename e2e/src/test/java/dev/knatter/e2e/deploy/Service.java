package dev.knatter.e2e.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.knatter.embedded.Ports;

/**
 * What one process serves.
 *
 * @param portVariable names the environment variable that says where to listen
 * @param paths of the API, with what is below them; empty: all
 * @param secrets names the environment variables of the key files that it may see
 */
record Service(String name, String mainClass, String portVariable, Set<String> paths, Set<String> secrets) {
  private static final String JWKS = "KNATTER_JWKS_FILE";
  private static final String SIGNING_KEY = "KNATTER_SIGNING_KEY_FILE";
  private static final String CURSOR_KEY = "KNATTER_CURSOR_KEY_FILE";
  private static final String NAME_KEY = "KNATTER_NAME_KEY_FILE";
  private static final Set<String> ALL_SECRETS = Set.of(JWKS, SIGNING_KEY, CURSOR_KEY, NAME_KEY);

  /** The second compiler of the JVM hashes passwords several times as fast, and nearly every test has accounts made. */
  private static final Set<String> HASHING = Set.of("knatter", "register", "login");

  static final Service LOCAL = new Service("knatter", "dev.knatter.local.Dev", "KNATTER_PORT", Set.of(),
      ALL_SECRETS);

  static final Service OUTBOX = events("outbox");

  static final List<Service> FUNCTIONS = List.of(
      function("register", "/v1/register", NAME_KEY),
      function("login", "/v1/login", SIGNING_KEY),
      function("refresh", "/v1/refresh", SIGNING_KEY),
      function("logout", "/v1/logout", JWKS, NAME_KEY),
      function("sessions", "/v1/sessions", JWKS, NAME_KEY),
      function("jwks", "/.well-known/jwks.json", JWKS),
      function("send", "/v1/send", JWKS, NAME_KEY),
      function("messages", "/v1/messages", JWKS, CURSOR_KEY, NAME_KEY),
      function("edit", "/v1/edit", JWKS, NAME_KEY),
      function("delete", "/v1/delete", JWKS, NAME_KEY),
      function("react", "/v1/react", JWKS, NAME_KEY),
      function("read", "/v1/read", JWKS, NAME_KEY),
      function("stream", Set.of("/v1/stream", "/v1/presence"), JWKS, CURSOR_KEY, NAME_KEY),
      OUTBOX,
      events("send-events"),
      events("erase-events", NAME_KEY),
      function("users", Set.of("/v1/users"), JWKS, NAME_KEY),
      function("export", "/v1/me/export", JWKS, CURSOR_KEY, NAME_KEY),
      function("account", Set.of("/v1/me", "/v1/blocks", "/v1/erasures"), JWKS, NAME_KEY),
      function("dead-letters", Set.of("/v1/dead-letters", "dead-letters"), JWKS, CURSOR_KEY, NAME_KEY),
      function("webhooks", "/v1/webhooks", JWKS, NAME_KEY),
      function("conversations", "/v1/conversations", JWKS, CURSOR_KEY, NAME_KEY),
      events("deliver"),
      function("web", Set.of("/", "/assets", "/worker.js")));

  private static Service function(String name, String path, String... secrets) {
    return function(name, Set.of(path), secrets);
  }

  /** A function that no path of the API leads to, and that is asked for by its name. */
  private static Service events(String name, String... secrets) {
    return function(name, Set.of(name), secrets);
  }

  private static Service function(String name, Set<String> paths, String... secrets) {
    return new Service(name, "dev.knatter.functions." + name.replace("-", "") + ".Main", "PORT", paths,
        Set.of(secrets));
  }

  boolean serves(String path) {
    return paths.isEmpty() || paths.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
  }

  /** Starts a process and does not wait for it. */
  Pod start(int number, Path folder, Map<String, String> env, List<String> options) {
    int port = Ports.freePair();
    String pod = name + "-" + number;
    Map<String, String> all = new HashMap<>(env);
    all.keySet().removeIf(variable -> ALL_SECRETS.contains(variable) && !secrets.contains(variable));
    all.put("KNATTER_HOST", "127.0.0.1");
    all.put(portVariable, Integer.toString(port));
    all.put("KNATTER_DATA", folder.resolve(pod).toString());
    List<String> command = new ArrayList<>();
    if (HASHING.contains(name)) {
      command.add("-XX:TieredStopAtLevel=4");
    }
    command.addAll(options);
    command.add(mainClass);
    return new Pod(pod, port, command, all, folder.resolve(pod + ".log"));
  }
}
