package dev.knatter.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's client, which keeps all texts that it receives. */
public final class TestSocket implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final Consumer<String> receiver;
  private volatile @Nullable WebSocket socket;
  private volatile int closeCode = -1;

  private TestSocket(Consumer<String> receiver) {
    this.receiver = receiver;
  }

  /**
   * Opens a connection.
   *
   * @param http    the address with http
   * @param headers names and values, one after the other
   * @throws CompletionException if the server refuses it; its cause has the answer
   */
  public static TestSocket open(URI http, String... headers) {
    return open(http, _ -> {}, headers);
  }

  /** @param receiver is also given each text, on the client's thread */
  public static TestSocket open(URI http, Consumer<String> receiver, String... headers) {
    TestSocket opened = new TestSocket(receiver);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    opened.socket = builder
      .buildAsync(URI.create(http.toString().replaceFirst("http", "ws")), opened.new Receiver())
      .join();
    return opened;
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        receiver.accept(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closeCode = statusCode;
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closeCode = 1006; // as RFC 6455 calls an end without a close frame
    }
  }

  public void send(String text) {
    WebSocket open = socket;
    if (open != null) {
      open.sendText(text, /* last= */ true).join();
    }
  }

  /** All texts so far. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /** Waits for a text. */
  public String await(Predicate<String> wanted) {
    Awaitility.await("a text of " + texts)
      .atMost(PATIENCE)
      .pollInterval(Duration.ofMillis(5))
      .until(() -> texts.stream().anyMatch(wanted));
    return texts.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for a text that begins like a frame of this type. */
  public String awaitType(String type) {
    return await(text -> text.startsWith("{\"type\":\"" + type + "\""));
  }

  public boolean isClosed() {
    return closeCode >= 0;
  }

  /** Waits for the end, and returns the code. */
  public int awaitClose() {
    Awaitility.await("the end").atMost(PATIENCE).until(this::isClosed);
    return closeCode;
  }

  /** Breaks the connection without a word. */
  public void cut() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    closeCode = 1006;
  }

  @Override
  public void close() {
    cut();
  }
}
