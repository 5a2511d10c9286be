package dev.knatter.adapter.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/** One thing that happens later on an event loop, unless it is set anew or cancelled before. Used on that event loop alone. */
final class Timeout {
  private @Nullable Future<?> timer;

  void set(EventExecutor loop, Duration after, Runnable task) {
    cancel();
    timer = loop.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(/* mayInterruptIfRunning= */ false);
      timer = null;
    }
  }
}
