package dev.knatter.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.knatter.cli.Accounts.Account;
import dev.knatter.client.ClientBuilder;
import dev.knatter.client.KnatterClient;
import dev.knatter.client.account.NewAccount;
import dev.knatter.client.account.OpenSession;
import dev.knatter.client.conversation.ConversationPage;
import dev.knatter.client.message.Message;
import dev.knatter.client.message.PageRequest;
import dev.knatter.client.send.Draft;
import dev.knatter.client.send.FileOutbox;
import dev.knatter.client.session.Device;
import dev.knatter.client.session.FileSessionStore;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The commands. Each is a method; those on groups have a class of their own. */
@Command(name = "chat", description = "Chats at a terminal. Without a command: live, until Ctrl-D.", exitCodeListHeading = "%nThe process ends with%n", exitCodeList = {
    "0:done", "1:the server has refused it", "2:wrong use", "3:log in first, or again",
    "4:no such user, conversation or message", "75:no answer, or too many requests: try again later"})
final class Chat implements Callable<Integer> {
  private final Accounts accounts;
  private final Input input;
  private final PrintStream out;
  private final PrintStream err;

  @Option(names = "--url", scope = ScopeType.INHERIT, paramLabel = "URL", description = "the installation (of the last login, or ./knatter dev)")
  private @Nullable String url;

  @Option(names = "--user", scope = ScopeType.INHERIT, paramLabel = "NAME", description = "whose session to use (of the last login)")
  private @Nullable String user;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON value a line, as the API has it")
  private boolean json;

  @Option(names = {"-h", "--help"}, scope = ScopeType.INHERIT, usageHelp = true, description = "shows this")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  Chat(Accounts accounts, Input input, PrintStream out, PrintStream err) {
    this.accounts = accounts;
    this.input = input;
    this.out = out;
    this.err = err;
  }

  Screen screen() {
    return new Screen(out, json);
  }

  Account account() {
    return accounts.choose(url, user);
  }

  ClientBuilder builder(Account account) {
    if (!Accounts.isPrivate(account.url())) {
      err.println("Others on the way can read what is said to " + account.url() + ". Use https.");
    }
    return KnatterClient.builder(account.url())
      .sessions(new FileSessionStore(accounts.folder(account).resolve("session.json")));
  }

  KnatterClient client() {
    return builder(account()).build();
  }

  /** Several of these programs may run at once, so each takes an outbox that no other one uses. */
  FileOutbox outbox(Account account) {
    return FileOutbox.openIn(accounts.folder(account).resolve("outbox"));
  }

  @Override
  public Integer call() throws Exception {
    Account account = account();
    return new LiveChat(builder(account), () -> outbox(account)).run();
  }

  @Command(description = "Creates an account. The password is asked for, or is a line of the standard input.")
  void register(@Parameters(paramLabel = "NAME") String name,
      @Option(names = "--display-name", paramLabel = "TEXT") @Nullable String displayName) {
    Account account = new Account(accounts.url(url), Accounts.name(name));
    try (KnatterClient client = KnatterClient.at(account.url())) {
      var created = client.accounts()
        .register(new NewAccount(account.username(), input.password(account.username()), null, displayName));
      screen().show(created,
          account.username() + " is registered. Log in: ./knatter chat login " + account.username());
    }
  }

  @Command(description = "Logs in. The password is asked for, or is a line of the standard input.")
  void login(@Parameters(paramLabel = "NAME") String name,
      @Option(names = "--device", paramLabel = "TEXT", defaultValue = "knatter chat", description = "what the session is called in lists (${DEFAULT-VALUE})") String device) {
    Account account = new Account(accounts.url(url), Accounts.name(name));
    try (KnatterClient client = builder(account).build()) {
      var tokens = client.login(account.username(), input.password(account.username()), Device.named(device));
      accounts.remember(account);
      screen().show(new LoggedIn(account.username(), tokens.userId(), tokens.sessionId(), account.url()),
          account.username() + " is logged in at " + account.url() + ".");
    }
  }

  /** What a login shows: no tokens. */
  record LoggedIn(String username, UUID userId, UUID sessionId, String url) {}

  @Command(description = "Ends the session.")
  void logout(
      @Option(names = "--everywhere", description = "and all other sessions of the user") boolean everywhere) {
    Account account = account();
    try (KnatterClient client = builder(account).build()) {
      client.logout(everywhere);
    }
    try (FileOutbox left = outbox(account)) {
      if (!left.entries().isEmpty()) {
        err.println("Messages that were not sent are kept in a folder that only you can read: "
            + accounts.folder(account).resolve("outbox"));
      }
    }
  }

  @Command(description = {"Sends a message.",
      "Ended with 75 it is kept, and sent by the next `send` or `outbox`: do not send it again."})
  int send(@Parameters(paramLabel = "TO", description = "a username, or the id of a conversation") String to,
      @Parameters(paramLabel = "TEXT", arity = "1..*", description = "words, or - for the standard input") List<String> text,
      @Option(names = "--type", paramLabel = "TYPE", description = "the media type (text/plain)") @Nullable String type,
      @Option(names = "--reply-to", paramLabel = "ID") @Nullable UUID replyTo,
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60", description = "how long to try (${DEFAULT-VALUE})") int seconds)
      throws InterruptedException {
    String content = text.equals(List.of("-")) ? input.text() : String.join(" ", text);
    return new Sending(this, err).send(draft(to, content, type, replyTo), Duration.ofSeconds(seconds));
  }

  private static Draft draft(String to, String content, @Nullable String type, @Nullable UUID replyTo) {
    return Target.of(to).draft(content).contentType(type).replyTo(replyTo);
  }

  @Command(description = "Sends what earlier commands could not.")
  int outbox(
      @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60", description = "how long to try (${DEFAULT-VALUE})") int seconds)
      throws InterruptedException {
    return new Sending(this, err).flush(Duration.ofSeconds(seconds));
  }

  @Command(description = "Reads messages, the newest at the bottom.")
  void read(
      @Parameters(paramLabel = "WITH", arity = "0..1", description = "a username, or the id of a conversation (everything)") @Nullable String with,
      @Option(names = "--limit", paramLabel = "COUNT", defaultValue = "50", description = "the most (${DEFAULT-VALUE})") int limit,
      @Option(names = "--mark", description = "and marks the conversation as read") boolean mark) {
    PageRequest request = with == null ? PageRequest.inbox() : Target.of(with).pages();
    try (KnatterClient client = client()) {
      List<Message> messages = client.messages().page(request.limit(limit)).messages();
      messages.reversed().forEach(screen()::show);
      if (mark && with != null && !messages.isEmpty()) {
        Message newest = messages.getFirst();
        client.messages().read(newest.conversationId(), newest.id());
      }
    }
  }

  @Command(description = "Shows new messages as they come, until Ctrl-C.")
  int follow(
      @Option(names = "--after", paramLabel = "CURSOR", description = "a cursor of --json, to go on from (this moment)") @Nullable String after,
      @Option(names = "--count", paramLabel = "COUNT", defaultValue = "0", description = "ends after so many messages") int count)
      throws InterruptedException {
    return new FollowOutput(screen(), err, count).run(client(), after);
  }

  @Command(description = "Lists conversations, the newest activity first.")
  void conversations() {
    try (KnatterClient client = client()) {
      String before = null;
      do {
        ConversationPage page = client.conversations().page(100, before);
        page.conversations().forEach(screen()::show);
        before = page.next();
      } while (before != null);
    }
  }

  @Command(description = "Edits a message.")
  void edit(@Parameters(paramLabel = "CONVERSATION") UUID conversation,
      @Parameters(paramLabel = "ID") UUID id,
      @Parameters(paramLabel = "TEXT", arity = "1..*") List<String> text) {
    try (KnatterClient client = client()) {
      screen().show(client.messages().edit(conversation, id, String.join(" ", text)));
    }
  }

  @Command(description = "Deletes a message, and leaves a marker.")
  void delete(@Parameters(paramLabel = "CONVERSATION") UUID conversation,
      @Parameters(paramLabel = "ID") UUID id) {
    try (KnatterClient client = client()) {
      client.messages().delete(conversation, id);
    }
  }

  @Command(description = "Reacts to a message.")
  void react(@Parameters(paramLabel = "CONVERSATION") UUID conversation,
      @Parameters(paramLabel = "ID") UUID id,
      @Parameters(paramLabel = "EMOJI") String emoji,
      @Option(names = "--remove", description = "takes it back") boolean remove) {
    try (KnatterClient client = client()) {
      if (remove) {
        client.messages().unreact(conversation, id, emoji);
      } else {
        client.messages().react(conversation, id, emoji);
      }
    }
  }

  @Command(description = "Lists the sessions of the user, or ends one.")
  void sessions(@Option(names = "--end", paramLabel = "ID") @Nullable UUID end) {
    try (KnatterClient client = client()) {
      if (end != null) {
        client.accounts().endSession(end);
        return;
      }
      for (OpenSession session : client.accounts().sessions()) {
        screen().show(session,
            "%s  %s  %s%s".formatted(session.sessionId(), Screen.time(session.lastUsedAt()),
                session.device() == null ? "" : SafeText.line(session.device()),
                session.current() ? "  (this one)" : ""));
      }
    }
  }

  @Command(description = "Writes everything that is stored about the user, as lines of JSON.")
  void export(
      @Option(names = "--after", paramLabel = "CURSOR", description = "a cursor of an earlier one, to go on from") @Nullable String after) {
    try (KnatterClient client = client()) {
      client.accounts().export(after, line -> screen().showJson(line.json()));
    }
  }

  @Command(description = {
      "Writes a script that completes these words in bash and zsh:",
      "source <(./knatter chat completion)"})
  void completion() {
    CommandSpec front = CommandSpec.create().name("knatter");
    front.addSubcommand("chat", ChatMain.commandLine(Map.of(), System.in, out, err));
    out.println(AutoComplete.bash("knatter", new CommandLine(front)));
  }
}
