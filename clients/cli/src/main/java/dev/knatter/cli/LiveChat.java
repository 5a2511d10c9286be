package dev.knatter.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.client.ClientBuilder;
import dev.knatter.client.KnatterClient;
import dev.knatter.client.conversation.Conversation;
import dev.knatter.client.follow.Following;
import dev.knatter.client.follow.Listener;
import dev.knatter.client.follow.Way;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.message.Message;
import dev.knatter.client.send.Outbox;
import dev.knatter.client.send.OutboxEntry;
import dev.knatter.client.send.SendListener;
import dev.knatter.client.session.StoredSession;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The chat of {@code ./knatter chat}: what is typed is sent, and what comes is shown above the line that is typed. */
final class LiveChat implements Listener, SendListener {
  private static final int SHOWN = 20;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  /** For so long a frame that says so is valid. The next one comes before. */
  private static final Duration TYPING = Duration.ofSeconds(6);
  private static final String HELP = """
      /with NAME      talks to somebody; or, with the id of a conversation, into it
      /list           lists conversations
      /more           shows earlier messages of this one
      /quit           ends, as Ctrl-D does
      Anything else is sent. A line that begins with two slashes is sent with one.""";

  private final ClientBuilder builder;
  private final Supplier<Outbox> outbox;
  private final Terminal terminal;
  private final LineReader reader;
  private @Nullable KnatterClient client;
  private volatile @Nullable Room room;
  /** Who was writing last, for the one thread that tells. */
  private String typist = "";
  private long typedNanos;

  LiveChat(ClientBuilder builder, Supplier<Outbox> outbox) throws IOException {
    this.builder = builder;
    this.outbox = outbox;
    this.terminal = TerminalBuilder.builder().system(true).dumb(true).build();
    this.reader = LineReaderBuilder.builder()
      .terminal(terminal)
      .completer(new StringsCompleter("/with", "/list", "/more", "/quit", "/help"))
      .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // a message may hold exclamation marks
      .build();
  }

  int run() throws IOException, InterruptedException {
    try (terminal; KnatterClient open = builder.outbox(outbox.get()).sendListener(this).build()) {
      client = open;
      var _ = open.wake();
      try (Following following = open.follow(null, this)) {
        var _ = Thread.startVirtualThread(() -> appear(following));
        show(open.session().orElseThrow().username() + ". /help says what there is.");
        list();
        var _ = open.wake(List.of("/v1/send"));
        while (next()) {
          // Until the user ends it.
        }
      }
      if (!open.flush(LAST_WORDS)) {
        show("Some messages were not sent yet. They are kept, and sent by the next `send` or `outbox`.");
      }
      return ExitCode.DONE;
    }
  }

  /** Not on the thread of the prompt: where there is no WebSocket yet, it waits for an answer. */
  private static void appear(Following following) {
    try {
      following.visible(true);
    } catch (KnatterException e) {
      // The listener is told why nothing works.
    }
  }

  /** One line of the user. Returns whether they go on. */
  private boolean next() {
    try {
      String line = reader.readLine(prompt());
      if (line.equals("/quit")) {
        return false;
      }
      obey(line);
    } catch (UserInterruptException e) {
      return !e.getPartialLine().isEmpty(); // Ctrl-C clears the line, and ends where there is none
    } catch (EndOfFileException e) {
      return false;
    } catch (KnatterException | WrongUseException e) {
      show(Failures.text(e));
    }
    return true;
  }

  private String prompt() {
    Room current = room;
    // JLine gives % a meaning in prompts, and anybody may name a group.
    return current == null ? "> " : SafeText.line(current.name()).replace("%", "%%") + "> ";
  }

  private void obey(String line) {
    if (line.startsWith("/with ")) {
      enter(line.substring("/with ".length()).strip());
    } else if (line.equals("/list")) {
      list();
    } else if (line.equals("/more")) {
      inRoom().earlier().forEach(this::show);
    } else if (line.equals("/help")) {
      show(HELP);
    } else if (line.startsWith("//")) {
      send(line.substring(1));
    } else if (line.startsWith("/")) {
      throw new WrongUseException("There is no " + line + ". /help says what there is.");
    } else if (!line.isBlank()) {
      send(line);
    }
  }

  private Room inRoom() {
    Room current = room;
    if (current == null) {
      throw new WrongUseException("With whom? /with NAME");
    }
    return current;
  }

  private KnatterClient open() {
    KnatterClient open = client;
    if (open == null) {
      throw new IllegalStateException("The client is not open.");
    }
    return open;
  }

  private void enter(String word) {
    Room next = Room.enter(open(), Target.of(word), SHOWN);
    room = next;
    next.newest().forEach(this::show);
    next.markRead();
  }

  private void list() {
    List<Conversation> newest = open().conversations().page(SHOWN, null).conversations();
    newest.reversed().forEach(conversation -> show(Screen.text(conversation)));
  }

  private void send(String content) {
    var _ = open().send(inRoom().target().draft(content)); // listened to below
  }

  private void show(String text) {
    reader.printAbove(text);
  }

  private void show(Message message) {
    show(Screen.text(message));
  }

  @Override
  public void message(Message message) {
    Room current = room;
    if (current != null && current.holds(message)) {
      show(message);
      // Not on this thread, on which what comes next is told. A mark never goes back, so their order does not count.
      if (!message.sender().equals(open().session().map(StoredSession::username).orElse(""))) {
        var _ = Thread.startVirtualThread(() -> current.seen(message));
      }
    } else {
      String where = message.recipient() == null ? "[" + message.conversationId() + "] " : "";
      show(where + Screen.text(message));
    }
  }

  @Override
  public void conversation(UUID conversationId, String change) {
    show("[" + conversationId + "] " + SafeText.line(change));
  }

  @Override
  public void typing(UUID conversationId, String username) {
    Room current = room;
    if (current != null && current.is(conversationId)) {
      boolean goesOn = username.equals(typist) && System.nanoTime() - typedNanos < TYPING.toNanos();
      typist = username;
      typedNanos = System.nanoTime();
      if (!goesOn) {
        show(SafeText.line(username) + " is writing");
      }
    }
  }

  @Override
  public void connected(Way way) {
    show("Connected.");
  }

  @Override
  public void disconnected(String reason) {
    show(SafeText.line("Not connected: " + reason));
  }

  @Override
  public void ended(RuntimeException reason) {
    show(SafeText.line(Failures.text(reason)));
  }

  @Override
  public void refused(OutboxEntry entry, Problem problem) {
    show(SafeText.line("Not sent: " + problem + ": " + entry.draft().content()));
  }

  @Override
  public void delayed(OutboxEntry entry, String reason, Duration wait) {
    if (wait.toSeconds() >= 1) {
      show(SafeText.line("Not sent yet: " + reason));
    }
  }
}
