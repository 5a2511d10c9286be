package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.knatter.e2e.clients.Cli.Result;
import dev.knatter.e2e.clients.Cli.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line as people and scripts use it, against the whole product. */
final class ChatTest {
  @RegisterExtension
  static final Product product = new Product();

  private static final int REFUSED = 1;
  private static final int WRONG_USE = 2;
  private static final int LOG_IN = 3;
  private static final int NOT_FOUND = 4;
  private static final int NO_ANSWER = 75;
  private static final String PASSWORD = Product.PASSWORD + "\n";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir
  private Path config;

  private Cli cli() {
    return new Cli(config, product.address());
  }

  /** Registers somebody, logs them in, and returns their name. */
  private String newUser() throws Exception {
    String name = Product.newName();
    cli().runWith(PASSWORD, "register", name).done();
    cli().runWith(PASSWORD, "login", name).done();
    return name;
  }

  private static List<JsonNode> json(Result result) {
    return result.lines().stream().map(JsonMapper.shared()::readTree).toList();
  }

  @Test
  void twoPeople_writeAndRead() throws Exception {
    String ada = newUser();
    String grace = newUser();
    String id = json(cli().run("send", grace, "Hello,", "Grace 👋", "--user", ada, "--json").done())
      .getFirst()
      .path("id")
      .asString();
    cli().runWith("by a pipe\nof two lines\n", "send", ada, "-", "--reply-to", id).done();
    assertThat(cli().run("conversations").done().out()).contains(ada, "(1 new)");
    Result read = cli().run("read", ada, "--mark").done();
    assertThat(read.lines()).hasSize(3);
    assertThat(read.lines().getFirst()).matches("\\S+Z " + ada + ": Hello, Grace 👋");
    assertThat(read.lines().getLast()).isEqualTo("    of two lines");
    assertThat(cli().run("conversations").done().out()).doesNotContain("new)");
    List<JsonNode> messages = json(cli().run("read", ada, "--json").done());
    assertThat(messages).extracting(message -> message.path("content").asString())
      .containsExactly("Hello, Grace 👋", "by a pipe\nof two lines");
    String conversation = messages.getFirst().path("conversationId").asString();
    assertThat(cli().run("edit", conversation, id, "Good", "morning", "--user", ada).done().out())
      .contains("(edited): Good morning");
    cli().run("react", conversation, id, "👍").done();
    cli().run("delete", conversation, id, "--user", ada).done();
    assertThat(cli().run("read", conversation).done().lines().getFirst()).endsWith(ada + " (deleted): ");
  }

  @Test
  void textOfAStranger_doesNotReachTheTerminalAsCommands() throws Exception {
    String ada = newUser();
    String evil = "\u001b]0;title\u0007\u001b[2Jx\u009b31m\u202eabc\r\n2026-11-21T08:00:00Z boss: pay";
    cli().runWith(evil, "send", ada, "-").done();
    String out = cli().run("read", ada).done().out();
    assertThat(out).doesNotContain("\u001b", "\u009b", "\u0007", "\u202e", "\r");
    assertThat(out.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("    "));
    Result json = cli().run("read", ada, "--json").done();
    assertThat(json.out()).doesNotContain("\u001b", "\u009b");
    assertThat(json(json).getFirst().path("content").asString()).isEqualTo(evil);
  }

  @Test
  void follow_showsWhatComes_andGoesOnFromACursor() throws Exception {
    String ada = newUser();
    try (Running following = cli().start("follow", "--json", "--count", "1")) {
      await().atMost(PATIENCE).until(() -> Files.readString(following.err()).contains("Connected."));
      cli().run("send", ada, "first").done();
      Result first = following.await().done();
      String cursor = json(first).getFirst().path("cursor").asString();
      cli().run("send", ada, "second").done();
      assertThat(cli().run("follow", "--after", cursor, "--count", "2").done().lines()).hasSize(2)
        .anySatisfy(line -> assertThat(line).endsWith(": first"))
        .anySatisfy(line -> assertThat(line).endsWith(": second"));
    }
  }

  @Test
  void group_livesFromItsCreationToItsEnd() throws Exception {
    String ada = newUser();
    String grace = newUser();
    String id = json(cli().run("group", "create", "Engines", ada, "--json").done()).getFirst()
      .path("conversationId")
      .asString();
    cli().run("send", id, "to all").done();
    cli().run("group", "role", id, ada, "moderator").done();
    cli().run("group", "rename", id, "Difference engines", "--user", ada).done();
    assertThat(cli().run("group", "members", id).done().out()).contains(grace + "  owner",
        ada + "  moderator");
    assertThat(cli().run("group", "show", id).done().out()).contains("Difference engines [2]");
    cli().run("group", "leave", id, "--user", ada).done();
    assertThat(cli().run("read", id, "--user", ada).code()).isEqualTo(NOT_FOUND);
    cli().run("group", "delete", id).done();
  }

  @Test
  void export_isWhole() throws Exception {
    String ada = newUser();
    cli().run("send", ada, "a note").done();
    List<JsonNode> lines = json(cli().run("export").done());
    assertThat(lines.getFirst().path("type").asString()).isEqualTo("export");
    assertThat(lines.getLast().path("type").asString()).isEqualTo("end");
    assertThat(lines).anySatisfy(line -> assertThat(line.path("content").asString("")).isEqualTo("a note"));
  }

  @Test
  void sessions_areListedAndEnded_andTheEndHasANumberOfItsOwn() throws Exception {
    String ada = newUser();
    String id = json(cli().run("sessions", "--json").done()).getFirst().path("sessionId").asString();
    cli().run("sessions", "--end", id).done();
    // Every function refuses the session within five seconds.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(cli().run("sessions").code()).isEqualTo(LOG_IN));
    Result refused = cli().run("send", ada, "x");
    assertThat(refused.code()).isEqualTo(LOG_IN);
    assertThat(refused.err()).contains("./knatter chat login");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void endOfTheProcess_saysWhatHappened() throws Exception {
    assertThat(cli().run("read").code()).isEqualTo(LOG_IN);
    String ada = newUser();
    assertThat(cli().runWith("wrong password\n", "login", ada).code()).isEqualTo(LOG_IN);
    assertThat(cli().runWith(PASSWORD, "register", ada).code()).isEqualTo(REFUSED);
    assertThat(cli().run("send", "nobody-of-this-name", "x").code()).isEqualTo(NOT_FOUND);
    assertThat(cli().run("send", ada).code()).isEqualTo(WRONG_USE);
    assertThat(cli().run("send", "../../etc", "x").code()).isEqualTo(WRONG_USE);
    assertThat(cli().run("snd", ada, "x").code()).isEqualTo(WRONG_USE);
    assertThat(cli().run("--help").done().out()).contains("75", "send", "group", "export");
  }

  @Test
  void messageThatCannotBeSent_isKept_andSentOnceByTheNextCommand() throws Exception {
    String ada = newUser();
    product.stores().cassandra().cut();
    try {
      Result kept = cli().run("send", ada, "kept", "--wait", "3");
      assertThat(kept.code()).isEqualTo(NO_ANSWER);
      assertThat(kept.err()).contains("kept");
    } finally {
      product.stores().cassandra().restore();
    }
    assertThat(cli().run("outbox", "--wait", "60").done().out()).contains("kept");
    assertThat(cli().run("outbox").done().out()).isEmpty();
    assertThat(cli().run("read", ada).done().lines()).hasSize(1);
  }

  @Test
  void configuration_isReadByItsOwnerAlone() throws Exception {
    String ada = newUser();
    cli().run("send", ada, "x").done();
    try (Stream<Path> all = Files.walk(config.resolve("knatter"))) {
      assertThat(all).anySatisfy(file -> assertThat(file).hasFileName("session.json")).allSatisfy(file -> {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(mode).as(file.toString()).endsWith("------");
      });
    }
  }

  @Test
  void liveChat_sendsWhatIsTyped_andShowsWhatComes() throws Exception {
    String ada = newUser();
    String grace = newUser();
    try (Running live = cli().start()) {
      await().atMost(PATIENCE).until(() -> live.said().contains("Connected."));
      live.type("/with " + ada + "\nHello!! from the live chat\n");
      await().atMost(PATIENCE)
        .until(() -> cli().run("read", grace, "--user", ada).out().contains("Hello!! from the live chat"));
      cli().run("send", grace, "an answer", "--user", ada).done();
      await().atMost(PATIENCE).until(() -> live.said().contains(ada + ": an answer"));
      live.type("/nonsense\n");
      await().atMost(PATIENCE).until(() -> live.said().contains("There is no /nonsense."));
      live.type("/quit\n");
      live.await().done();
    }
  }

  @Test
  void completion_worksInBashAndInZsh() throws Exception {
    Path script = Files.writeString(config.resolve("completion"), cli().run("completion").done().out());
    String bash = shell("bash", "-c", "source " + script + "; COMP_WORDS=(knatter chat exp); COMP_CWORD=2; "
        + "COMP_LINE='knatter chat exp'; COMP_POINT=16; $(complete -p knatter | sed 's/.*-F \\([^ ]*\\).*/\\1/'); "
        + "echo \"${COMPREPLY[@]}\"");
    assertThat(bash.strip()).isEqualTo("export");
    if (Stream.of("/bin/zsh", "/usr/bin/zsh").map(Path::of).anyMatch(Files::exists)) {
      assertThat(shell("zsh", "-f", "-c", "autoload -Uz compinit; compinit -u -D; source " + script
          + "; print -r -- ${_comps[knatter]}"))
        .contains("knatter");
    }
  }

  private static String shell(String... words) throws IOException, InterruptedException {
    // Outside of a completion, bash says on its standard error that there is none.
    Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
