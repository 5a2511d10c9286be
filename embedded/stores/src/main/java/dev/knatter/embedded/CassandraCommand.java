package dev.knatter.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The command line of the child process: JDK 17, Cassandra's own class path, and the internal packages of the JDK that
 * Cassandra needs opened.
 */
record CassandraCommand(Jdk17 jdk, Path yaml, Path data, ProcessIdentity owner, boolean temporary) {
  /** The packages of {@code conf/jvm17-server.options} in Cassandra 5.0. */
  private static final List<String> EXPORTS = List.of("java.base/jdk.internal.misc",
      "java.base/java.lang.ref",
      "java.management.rmi/com.sun.jmx.remote.internal.rmi", "java.rmi/sun.rmi.registry",
      "java.rmi/sun.rmi.server",
      "java.sql/java.sql", "jdk.unsupported/sun.misc");
  private static final List<String> OPENS = List.of("java.base/java.io", "java.base/java.lang",
      "java.base/java.lang.module", "java.base/java.lang.reflect", "java.base/java.math",
      "java.base/java.net",
      "java.base/java.nio", "java.base/java.util", "java.base/java.util.concurrent",
      "java.base/java.util.concurrent.atomic", "java.base/jdk.internal.loader", "java.base/jdk.internal.math",
      "java.base/jdk.internal.module", "java.base/jdk.internal.ref", "java.base/jdk.internal.reflect",
      "java.base/jdk.internal.util.jar", "java.base/sun.nio.ch",
      "jdk.management/com.sun.management.internal");

  List<String> arguments() throws IOException {
    // The options are in a file, so that a list of processes shows which node runs for whom, without two pages of options.
    Path options = Files.write(data.resolve("java.options"),
        options().stream().map(CassandraCommand::quoted).toList());
    // Ctrl-C goes to all processes of the terminal. The node must ignore it, because it stops after its owner has finished.
    return List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "cassandra", jdk.java().toString(),
        "@" + options,
        "dev.knatter.embedded.cassandra.Main", data.toString(), Long.toString(owner.pid()),
        Long.toString(owner.start().toEpochMilli()), temporary ? "delete" : "keep");
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-cp", classPath()));
    options.add("-Xmx" + Objects.requireNonNullElse(System.getenv("KNATTER_CASSANDRA_HEAP"), "512m"));
    options.add("-XX:-UsePerfData");
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-Djava.security.manager=allow");
    options.add("-Djdk.attach.allowAttachSelf=true");
    EXPORTS.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
    options.add("-Dcassandra.config=" + yaml.toUri());
    options.add("-Dcassandra.storagedir=" + data);
    // The node is alone in its ring, so it need not wait for others when it starts and when it stops.
    options.add("-Dcassandra.ring_delay_ms=0");
    options.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    options.add("-Dcassandra.shutdown_announce_in_ms=0");
    if (temporary) {
      // Skips the flush after each schema change. Tests change schemas often, and nobody restarts this node.
      options.add("-Dcassandra.unsafesystem=true");
      // Matters only for a node that asks for passwords: it creates its first role at once instead of after ten seconds.
      options.add("-Dcassandra.superuser_setup_delay_ms=0");
      // Its heap is small, and the threads of other collectors take the processors from the tests.
      options.add("-XX:+UseSerialGC");
    }
    return options;
  }

  private static String classPath() {
    Path target = Checkout.root().resolve("embedded/cassandra/target");
    if (!Files.isDirectory(target.resolve("lib")) || !Files.isDirectory(target.resolve("classes"))) {
      throw new CannotStartException(
          "The embedded Cassandra is not built. Run ./mvnw -pl embedded/cassandra process-classes");
    }
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }

  private static String quoted(String option) {
    return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
