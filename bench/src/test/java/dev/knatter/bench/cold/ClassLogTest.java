package dev.knatter.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.knatter.bench.process.Jvm;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassLogTest {
  /** Begins, and then uses a class of its own. */
  static final class Logged {
    private Logged() {}

    private record Later(String text) {}

    public static void main(String[] args) {
      System.out.println(System.nanoTime());
      System.out.println(new Later("").text());
    }
  }

  @Test
  void read_ofWhatAJvmWrote_findsWhenAndWhereFromClassesCame(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path initialized = folder.resolve("initialized.log");
    Path loaded = folder.resolve("loaded.log");
    long before = System.nanoTime();
    Process process = new ProcessBuilder(Jvm.java(), ClassLog.initializing(initialized),
        ClassLog.loading(loaded),
        "-cp", System.getProperty("java.class.path"), Logged.class.getName())
      .start();
    long main = Long.parseLong(process.inputReader().readLine());
    process.waitFor();
    long after = System.nanoTime();

    ClassLog log = ClassLog.read(initialized);

    String name = Logged.class.getName().replace('.', '/');
    assertThat(log.beginNanos()).isBetween(before, main);
    assertThat(log.firstUse(name, 0).orElseThrow()).isBetween(log.beginNanos(), main);
    assertThat(log.firstUse(name, main).orElseThrow()).isBetween(main, after);
    assertThat(log.firstUse("no/such", 0)).isEmpty();
    assertThat(ClassLog.read(loaded).outside())
      .anyMatch(line -> line.startsWith(Logged.class.getName() + " source: file:"))
      .noneMatch(line -> line.startsWith("java.lang.Object "));
  }

  @Test
  void explanation_saysWhatEachStepTook() {
    StartTrace explanation = new StartTrace("send", 3,
        Map.of("main", new Spread(40, 38, 44)),
        List.of("X source: jrt:/"));

    assertThat(explanation.text().lines().map(line -> line.strip().replaceAll(" +", " ")))
      .contains("main 40 (38–44) 40", "Classes that are not in its cache: 1", "X source: jrt:/");
  }
}
