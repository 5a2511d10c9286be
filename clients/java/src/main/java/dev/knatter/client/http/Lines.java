package dev.knatter.client.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * An answer that comes line by line, over minutes. It is read no faster than lines are taken, and each line may be waited for
 * only so long: a connection that says nothing any more looks like one on which nothing happens.
 */
public final class Lines implements AutoCloseable {
  /** A piece of the body; or its end; or why it ended before. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares pieces
  private record Piece(byte @Nullable [] bytes, @Nullable Throwable failure) {}

  private final int status;
  private final HttpHeaders headers;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Queue<String> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private final Reader reader = new Reader(pieces);
  private boolean ended;

  private Lines(int status, HttpHeaders headers) {
    this.status = status;
    this.headers = headers;
  }

  static Lines of(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    Lines lines = new Lines(response.statusCode(), response.headers());
    response.body().subscribe(lines.reader);
    return lines;
  }

  public int status() {
    return status;
  }

  public HttpHeaders headers() {
    return headers;
  }

  /**
   * Returns the next line without its end, or null after the last one. What follows the last line end is no line: the
   * connection broke within it.
   *
   * @throws NoAnswerException if the connection breaks, or nothing comes in time
   */
  public @Nullable String next(Duration within) {
    String line = poll(within);
    if (line == null && !ended) {
      throw new NoAnswerException("Nothing came for " + within.toSeconds() + " s.");
    }
    return line;
  }

  /** Whether the last line was taken. */
  public boolean ended() {
    return ended && ready.isEmpty();
  }

  /**
   * Returns the next line, or null if none has come.
   *
   * @throws NoAnswerException if the connection breaks
   */
  public @Nullable String poll(Duration within) {
    while (ready.isEmpty() && !ended) {
      Piece piece = take(within);
      if (piece == null) {
        return null;
      }
      if (piece.failure() != null) {
        ended = true;
        throw new NoAnswerException("The connection broke: " + piece.failure(), piece.failure());
      }
      if (piece.bytes() == null) {
        ended = true;
      } else {
        split(piece.bytes());
        reader.more();
      }
    }
    return ready.poll();
  }

  private @Nullable Piece take(Duration within) {
    try {
      return pieces.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("The thread was interrupted.", e);
    }
  }

  private void split(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '\n') {
        String line = open.toString(StandardCharsets.UTF_8);
        ready.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        open.reset();
      } else {
        open.write(each);
      }
    }
  }

  /** All of it at once: of an answer that is none of lines. */
  public Reply whole(Duration within) {
    StringBuilder text = new StringBuilder();
    for (String line = next(within); line != null; line = next(within)) {
      text.append(line).append('\n');
    }
    text.append(open.toString(StandardCharsets.UTF_8));
    return new Reply(status, headers, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    reader.cancel();
  }

  /** Takes the pieces as they come, one at a time. */
  private static final class Reader implements Flow.Subscriber<List<ByteBuffer>> {
    private final BlockingQueue<Piece> pieces;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    Reader(BlockingQueue<Piece> pieces) {
      this.pieces = pieces;
    }

    void more() {
      Flow.Subscription current = subscription;
      if (current != null) {
        current.request(1);
      }
    }

    void cancel() {
      cancelled = true;
      Flow.Subscription current = subscription;
      if (current != null) {
        current.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      if (cancelled) {
        begun.cancel();
      } else {
        begun.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
      }
      pieces.add(new Piece(bytes.toByteArray(), null));
    }

    @Override
    public void onError(Throwable failure) {
      pieces.add(new Piece(null, failure));
    }

    @Override
    public void onComplete() {
      pieces.add(new Piece(null, null));
    }
  }
}
