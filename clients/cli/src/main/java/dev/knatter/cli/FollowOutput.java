package dev.knatter.cli;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.follow.Following;
import dev.knatter.client.follow.Listener;
import dev.knatter.client.follow.Way;
import dev.knatter.client.message.Message;
import org.jspecify.annotations.Nullable;

/** Shows what comes, until there were as many messages as asked for. */
final class FollowOutput implements Listener {
  private final Screen screen;
  private final PrintStream err;
  private final int most;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private int shown;

  /** @param most 0 for any number */
  FollowOutput(Screen screen, PrintStream err, int most) {
    this.screen = screen;
    this.err = err;
    this.most = most;
  }

  /** Messages with their type, so that a script can tell them from cursors. */
  private record MessageLine(String type, Message message) {}

  private record CursorLine(String type, String cursor) {}

  int run(KnatterClient client, @Nullable String after) throws InterruptedException {
    try (client; Following following = client.follow(after, this)) {
      if (after == null && screen.json()) {
        screen.show(new CursorLine("cursor", following.cursor()), "");
      }
      end.get();
      return ExitCode.DONE;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void message(Message message) {
    if (end.isDone()) {
      return;
    }
    screen.show(new MessageLine("message", message), Screen.text(message));
    shown++;
    if (shown == most) {
      end.complete(null);
    }
  }

  @Override
  public void cursor(String cursor) {
    if (!end.isDone() && screen.json()) {
      screen.show(new CursorLine("cursor", cursor), "");
    }
  }

  @Override
  public void disconnected(String reason) {
    err.println(SafeText.line("Not connected: " + reason));
  }

  @Override
  public void connected(Way way) {
    err.println("Connected.");
  }

  @Override
  public void ended(RuntimeException reason) {
    end.completeExceptionally(reason);
  }
}
