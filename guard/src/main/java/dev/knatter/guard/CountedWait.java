package dev.knatter.guard;

import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.knatter.chat.limit.ConcurrencyLimit;
import dev.knatter.chat.limit.ConcurrencyLimiter;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;

/** Runs the waits of one request. From its first wait to its end, it counts as one of the user's waiting requests. */
final class CountedWait implements Executor, AutoCloseable {
  private final ConcurrencyLimiter limiter;
  private final UUID user;
  private final Executor adapter;
  private boolean counted;

  /** @param adapter runs a wait on the calling thread; it may refuse to */
  CountedWait(ConcurrencyLimiter limiter, UUID user, Executor adapter) {
    this.limiter = limiter;
    this.user = user;
    this.adapter = adapter;
  }

  /**
   * @throws RateLimited if the user has too many waiting requests
   * @throws Unavailable if the process has too many, or if the client has closed its connection
   */
  @Override
  public void execute(Runnable wait) {
    if (!counted) {
      limiter.acquire(user);
      counted = true;
    }
    try {
      adapter.execute(wait);
    } catch (RejectedExecutionException e) {
      throw new Unavailable("Too many requests wait at the moment.", ConcurrencyLimit.WAITING.retryAfter());
    } catch (CancellationException e) {
      throw new Unavailable("The caller has gone.");
    }
  }

  @Override
  public void close() {
    if (counted) {
      limiter.release(user);
    }
  }
}
