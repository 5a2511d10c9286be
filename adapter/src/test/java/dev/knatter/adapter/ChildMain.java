package dev.knatter.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import dev.knatter.adapter.Samples.Nothing;
import org.springframework.messaging.Message;

/**
 * A process of its own for {@link ProcessTest}. Its function {@code GET /slow} says when it runs, and ends when the
 * test writes a byte.
 */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) {
    Endpoint<Nothing> slow = new Endpoint<>(Route.open("GET", "/slow", "slow", Nothing.class),
        ChildMain::slow);
    Endpoint<Samples.Title> fail = new Endpoint<>(
        Route.open("GET", "/fail/{title}", "fail", Samples.Title.class), title -> {
          throw new IllegalStateException(title.getPayload().title(),
              new IOException(title.getPayload().title()));
        });
    FunctionServer.run(Samples.options().withPort(Integer.parseInt(args[0])), () -> true,
        List.of(slow, fail, Samples.WRITE, Samples.SEARCH, Samples.HEADERS),
        () -> System.out.println("closed"));
  }

  private static Message<?> slow(Message<Nothing> message) {
    System.out.println("running");
    try {
      return Samples.answer(200, "done " + System.in.read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
