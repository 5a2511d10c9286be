package dev.knatter.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The command line of the child process: JDK 17, Cassandra's own class path, and the doors it needs opened. */
record CassandraCommand(Jdk17 jdk, Path yaml, Path data, ProcessIdentity owner, boolean temporary) {
  /** As in {@code conf/jvm17-server.options} of Cassandra 5.0. */
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

  List<String> arguments() {
    // Ctrl-C goes to the whole terminal. This one stops when its owner has finished, so it must not hear it.
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "cassandra"));
    command.add(jdk.java().toString());
    command.add("-Xmx" + Objects.requireNonNullElse(System.getenv("KNATTER_CASSANDRA_HEAP"), "512m"));
    command.add("-Djava.security.manager=allow");
    command.add("-Djdk.attach.allowAttachSelf=true");
    command.add("-XX:-UsePerfData");
    EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.add("-Dcassandra.config=" + yaml.toUri());
    command.add("-Dcassandra.storagedir=" + data);
    // A ring of one: there is nobody to wait for.
    command.add("-Dcassandra.ring_delay_ms=0");
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.triggers_dir=" + data.resolve("triggers"));
    // Skips a flush after each schema change: it makes them fast, and nobody restarts a temporary node.
    command.add("-Dcassandra.unsafesystem=" + temporary);
    command.addAll(List.of("-cp", classPath(), "dev.knatter.embedded.cassandra.Main", data.toString(),
        Long.toString(owner.pid()), Long.toString(owner.start().toEpochMilli()),
        temporary ? "delete" : "keep"));
    return command;
  }

  private static String classPath() {
    Path target = Checkout.root().resolve("embedded/cassandra/target");
    if (!Files.isDirectory(target.resolve("lib")) || !Files.isDirectory(target.resolve("classes"))) {
      throw new CannotStartException(
          "The embedded Cassandra is not built. Run ./mvnw -pl embedded/cassandra process-classes");
    }
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }
}
