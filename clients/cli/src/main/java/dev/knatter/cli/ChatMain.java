package dev.knatter.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import picocli.CommandLine;

/** {@code ./knatter chat}. */
public final class ChatMain {
  private ChatMain() {}

  public static void main(String[] args) {
    // UTF-8 whatever the locale says: so does the API, and so do the programs that read JSON.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ true,
        StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), /* autoFlush= */ true,
        StandardCharsets.UTF_8);
    System
      .exit(commandLine(System.getenv(), System.in, out, err).setCommandName("./knatter chat").execute(args));
  }

  static CommandLine commandLine(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
    Chat chat = new Chat(new Accounts(env), new Input(in), out, err);
    return new CommandLine(chat).addSubcommand(new Group(chat))
      .setOut(new PrintWriter(out, /* autoFlush= */ true, StandardCharsets.UTF_8))
      .setErr(new PrintWriter(err, /* autoFlush= */ true, StandardCharsets.UTF_8))
      .setExecutionExceptionHandler(new Failures(err))
      .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
