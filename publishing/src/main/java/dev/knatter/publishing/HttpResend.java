package dev.knatter.publishing;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.chat.deadletter.Resend;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Posts events again to the address that K_SINK names, even if an event names another address. It makes its HTTP client
 * with the first event.
 */
public final class HttpResend implements Resend, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final URI sink;
  private @Nullable EventSender sender;

  private HttpResend(URI sink) {
    this.sink = sink;
  }

  /** Opens the sender; empty without K_SINK. It closes before the stores do. */
  public static Optional<Resend> open(Env env, Stores stores) {
    return SinkSettings.from(env).map(settings -> {
      HttpResend resend = new HttpResend(settings.sink());
      stores.beforeClose(resend::close);
      return resend;
    });
  }

  @Override
  public int post(Map<String, String> attributes, byte[] data) throws IOException {
    return sender().send(sink, new Event(attributes, data)).status();
  }

  private synchronized EventSender sender() {
    if (sender == null) {
      sender = new EventSender(TIMEOUT);
    }
    return sender;
  }

  @Override
  public synchronized void close() {
    if (sender != null) {
      sender.close();
    }
  }
}
