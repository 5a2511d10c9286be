package dev.knatter.bench.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.Jvm;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.MeasuredProgram;
import dev.knatter.embedded.Checkout;

/**
 * The same send as teams write it otherwise. Each is built, put into the form that its guide recommends for a quick
 * start, and trained as our functions are: by requests.
 */
final class Peers {
  private static final Path SOURCES = Checkout.root().resolve("bench/peers");
  private static final Duration ASSEMBLY = Duration.ofMinutes(5);
  private static final int TRAINING = 50;

  private final BenchEnvironment bench;
  private final SendContract contract;
  private final MeasuredProgram.First send;
  private final Consumer<String> progress;

  Peers(BenchEnvironment bench, SendContract contract, MeasuredProgram.First send,
      Consumer<String> progress) {
    this.bench = bench;
    this.contract = contract;
    this.send = send;
    this.progress = progress;
  }

  List<MeasuredProgram> build() throws Exception {
    return List.of(springBoot(), quarkus());
  }

  /** docs.spring.io/spring-boot/reference/packaging: extracted, Spring AOT, AOT cache. */
  private MeasuredProgram springBoot() throws Exception {
    Path target = maven("spring-boot");
    Path app = target.resolve("application");
    run("spring-boot", List.of(Jvm.java(), "-Djarmode=tools", "-jar", target.resolve("app.jar").toString(),
        "extract", "--force", "--destination", app.toString()));
    return trained("spring-boot", app, List.of("-Dspring.aot.enabled=true", "-jar",
        app.resolve("app.jar").toString()));
  }

  /** quarkus.io/guides/aot: the jar for AOT, AOT cache. */
  private MeasuredProgram quarkus() throws Exception {
    Path app = maven("quarkus").resolve("quarkus-app");
    return trained("quarkus", app, List.of("-jar", app.resolve("quarkus-run.jar").toString()));
  }

  private Path maven(String peer) throws IOException, InterruptedException {
    progress.accept("Building " + peer + ". The first time this also downloads");
    run(peer, List.of(Checkout.root().resolve("mvnw").toString(), "-q", "-B", "-ntp", "-f",
        SOURCES.resolve(peer).resolve("pom.xml").toString(), "package"));
    return SOURCES.resolve(peer).resolve("target");
  }

  private void run(String peer, List<String> command) throws IOException, InterruptedException {
    Path log = bench.logs().resolve(peer + "-build.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
      .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException("Building " + peer + " has failed:\n" + Files.readString(log));
    }
  }

  private MeasuredProgram trained(String name, Path app, List<String> program) throws Exception {
    progress.accept("Training " + name);
    Path cache = app.resolve("app.aot");
    Files.deleteIfExists(cache);
    try (FunctionProcess training = bench.prepare(name,
        command(List.of("-XX:AOTCacheOutput=" + cache), program), Map.of())) {
      training.start();
      training.awaitReady().close();
      contract.check(training.port());
      try (HttpConnection connection = training.awaitReady()) {
        for (int i = 0; i < TRAINING; i++) {
          connection.exchange(send.request().get());
        }
      }
      training.stop(ASSEMBLY);
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("The training of " + name + " has left no cache.");
    }
    return new MeasuredProgram(name, command(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache), program),
        send);
  }

  private List<String> command(List<String> cache, List<String> program) {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.GENERAL);
    command.addAll(cache);
    command.addAll(program);
    return command;
  }
}
