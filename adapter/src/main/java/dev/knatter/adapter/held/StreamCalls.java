package dev.knatter.adapter.held;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Calls a stream's function. */
public final class StreamCalls {
  private static final String ADDRESS = "callerAddress";

  private final Function<Message<?>, Message<?>> function;
  private final Consumer<Throwable> report;
  private final Semaphore running;

  /**
   * @param report     logs what a function throws where no request is there to be answered
   * @param concurrent how many connections' calls run at once; others wait, because their clients cannot be told to come later
   */
  public StreamCalls(Function<Message<?>, Message<?>> function, Consumer<Throwable> report, int concurrent) {
    this.function = function;
    this.report = report;
    this.running = new Semaphore(concurrent);
  }

  /** Calls it with OPENED. The request of the opening counts as one that runs, so it is not limited here. */
  public Message<?> open(StreamEvent event, Map<String, Object> headers) {
    return function.apply(new GenericMessage<>(event, headers));
  }

  /**
   * Calls it with another event.
   *
   * @return null where it has failed; the failure has been logged
   */
  public @Nullable StreamAnswer next(StreamEvent event, @Nullable InetAddress address) {
    running.acquireUninterruptibly();
    try {
      return answer(open(event, address == null ? Map.of() : Map.of(ADDRESS, address)));
    } catch (Throwable e) {
      report.accept(e);
      return null;
    } finally {
      running.release();
    }
  }

  /** @throws IllegalStateException where the message holds no answer to an event */
  public static StreamAnswer answer(Message<?> message) {
    if (message.getPayload() instanceof StreamAnswer answer) {
      return answer;
    }
    throw new IllegalStateException("The function of a stream has answered without a StreamAnswer");
  }

  void report(Throwable failure) {
    report.accept(failure);
  }
}
