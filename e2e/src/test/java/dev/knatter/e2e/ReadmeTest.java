package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.knatter.embedded.Ports;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.testing.RealStores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Types what the README tells a newcomer to type, in one shell, from top to bottom. What {@code ./knatter dev} would
 * serve is served already.
 */
final class ReadmeTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);
  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern TIME = Pattern
    .compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"");
  private static final Pattern OPAQUE = Pattern
    .compile("\"(next|previous|after|knattersignature)\":\"[^\"]+\"");

  @TempDir
  private static Path data;
  private static Local product;

  @BeforeAll
  static void serve() throws InterruptedException {
    product = Local.start(new LocalSettings(Ports.freePair(), data, stores.env()), /* fresh= */ true,
        _ -> {});
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(product::ready);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void tour_typedAsWritten_answersAsWritten() throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("set -eu\n");
    StringBuilder promised = new StringBuilder();
    for (Block block : blocks()) {
      if (block.language().equals("json")) {
        promised.append(here(block.text()));
      } else if (block.text().contains("curl") || block.text().contains("./knatter chat")) {
        script.append(here(block.text()));
      }
    }
    String said = run(List.of("sh", "-c", script.append("wait\n").toString()));
    assertThat(values(said)).isEqualTo(values(promised.toString()));
  }

  @Test
  void command_isOneThatTheFrontDoorKnows() throws IOException, InterruptedException {
    String help = run(List.of("sh", "./knatter", "help"));
    List<String> words = new ArrayList<>();
    for (String file : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "knative/README.md",
        "docs/operating.md", "docs/clients.md", "docs/events.md", "docs/configuration.md",
        "docs/performance.md")) {
      Pattern.compile("\\./knatter ([a-z]+)")
        .matcher(read(file))
        .results()
        .forEach(word -> words.add(word.group(1)));
    }
    assertThat(words).contains("dev", "test").allSatisfy(word -> assertThat(help).contains(word));
  }

  private static String here(String text) {
    return text.replace(ADDRESS, product.uri().toString());
  }

  private record Block(String language, String text) {}

  private static List<Block> blocks() throws IOException {
    return BLOCK.matcher(read("README.md"))
      .results()
      .map(block -> new Block(block.group(1), block.group(2)))
      .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /** What nobody can know beforehand is replaced: times, cursors and signatures by a name, ids by the order in which they appear. */
  private static List<JsonNode> values(String text) throws IOException {
    Map<String, String> ids = new HashMap<>();
    String stable = OPAQUE.matcher(TIME.matcher(text).replaceAll("\"time\"")).replaceAll("\"$1\":\"opaque\"");
    String known = ID.matcher(stable)
      .replaceAll((MatchResult id) -> ids.computeIfAbsent(id.group(), _ -> "id-" + ids.size()));
    try (var values = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(known)) {
      return values.readAll();
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
      .directory(ROOT.toFile());
    builder.environment()
      .putAll(Map.of("KNATTER_DATA", data.toString(), "KNATTER_PORT",
          Integer.toString(product.uri().getPort()), "XDG_CONFIG_HOME", data.resolve("config").toString()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
