package dev.knatter.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.knatter.cli.Accounts.Account;
import dev.knatter.client.ClientBuilder;
import dev.knatter.client.KnatterClient;
import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;
import dev.knatter.client.send.Draft;
import dev.knatter.client.send.FileOutbox;
import dev.knatter.client.send.OutboxEntry;
import dev.knatter.client.send.SendListener;

/** Sends messages through the outbox, and what earlier commands have left there. */
final class Sending {
  private final Chat chat;
  private final PrintStream err;

  Sending(Chat chat, PrintStream err) {
    this.chat = chat;
    this.err = err;
  }

  int send(Draft draft, Duration patience) throws InterruptedException {
    SendListener earlier = new SendListener() {
      @Override
      public void refused(OutboxEntry entry, Problem problem) {
        if (!entry.draft().equals(draft)) {
          tellRefused(entry, problem);
        }
      }
    };
    try (KnatterClient client = open(earlier)) {
      CompletableFuture<Message> sent = client.send(draft);
      chat.screen().show(sent.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      return ExitCode.DONE;
    } catch (TimeoutException e) {
      err.println("It was not sent yet. It is kept, and sent by the next `send` or `outbox`.");
      return ExitCode.NO_ANSWER;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SessionEndedException) {
        err.println("It was not sent yet. It is kept, and sent after the next login: do not send it again.");
      }
      if (e.getCause() instanceof KnatterException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /** One outbox after the other: commands that ran at the same time have left messages in several. */
  int flush(Duration patience) throws InterruptedException {
    SendListener shown = new SendListener() {
      @Override
      public void sent(OutboxEntry entry, Message message) {
        chat.screen().show(message);
      }

      @Override
      public void refused(OutboxEntry entry, Problem problem) {
        tellRefused(entry, problem);
      }
    };
    Instant end = Instant.now().plus(patience);
    Account account = chat.account();
    while (true) {
      FileOutbox outbox = chat.outbox(account);
      int before = outbox.entries().size();
      if (!flush(chat.builder(account).outbox(outbox).sendListener(shown), end)) {
        return ExitCode.NO_ANSWER;
      }
      if (outbox.entries().size() == before) { // none, or some of an earlier account of that name
        return ExitCode.DONE;
      }
    }
  }

  /** @throws SessionEndedException if somebody must log in first */
  private static boolean flush(ClientBuilder builder, Instant end) throws InterruptedException {
    try (KnatterClient client = builder.build()) {
      boolean empty = client.session().isPresent() && client.flush(Duration.between(Instant.now(), end));
      if (client.session().isEmpty()) {
        throw new SessionEndedException("Nobody is logged in, or the session has ended.");
      }
      return empty;
    }
  }

  /** It left the outbox, so this is the last time that its text is seen. */
  private void tellRefused(OutboxEntry entry, Problem problem) {
    err.println(SafeText.line("Refused: " + problem + ": " + entry.draft().content()));
  }

  private KnatterClient open(SendListener listener) {
    Account account = chat.account();
    return chat.builder(account).outbox(chat.outbox(account)).sendListener(listener).build();
  }
}
