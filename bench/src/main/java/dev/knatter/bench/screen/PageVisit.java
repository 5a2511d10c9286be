package dev.knatter.bench.screen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Somebody who was logged in opens the page at a conversation, with nothing of it in the browser. It makes the requests of the page
 * in the page's order, and nothing of what the browser does between them.
 */
final class PageVisit {
  /** So many connections to one host a browser opens (HTTP/1.1). */
  private static final int CONNECTIONS = 6;

  /** Where the page's requests go. */
  @FunctionalInterface
  interface Functions {
    /**
     * Answers a request, however long its function takes to start.
     *
     * @return the body of the answer
     * @throws IllegalStateException for another status than those from 200 to 299
     */
    String answer(String function, byte[] request) throws Exception;
  }

  private final Functions functions;
  private final String cookie;
  private final String origin;
  private final String other;
  private final long start = System.nanoTime();

  /**
   * @param cookie that holds the refresh token of an open session: name and value
   * @param origin of the page
   * @param other  the username of whom the open conversation is with
   */
  PageVisit(Functions functions, String cookie, String origin, String other) {
    this.functions = functions;
    this.cookie = cookie;
    this.origin = origin;
    this.other = other;
  }

  /**
   * How long it took until things were there, in milliseconds from the first request.
   *
   * @param page     the page and all its files
   * @param list     the list of conversations
   * @param messages the newest messages of the open conversation
   */
  record Times(double page, double list, double messages) {
    /** Until the screen is complete. */
    double shown() {
      return Math.max(list, messages);
    }
  }

  /** @param wake whether the page calls {@code wake()} */
  Times run(boolean wake) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      load(threads);
      double page = since();
      Collection<Future<?>> besides = new ConcurrentLinkedQueue<>();
      if (wake) {
        ScreenFunctions.WOKEN.forEach(woken -> besides
          .add(threads.submit(asking(woken.function(), PageRequests.options(woken.path())))));
      }
      String token = PageRequests.token(functions.answer("refresh", PageRequests.renewal(cookie, origin)));
      besides.add(threads.submit(asking("stream", PageRequests.ticket(token))));
      Future<Double> messages = threads.submit(() -> {
        require(functions.answer("messages", PageRequests.messages(token, other)), "\"content\":");
        double at = since();
        besides.add(threads.submit(asking("users", PageRequests.profile(token, other))));
        return at;
      });
      Future<Double> list = threads.submit(() -> {
        require(functions.answer("conversations", PageRequests.conversations(token)), '"' + other + '"');
        return since();
      });
      Times times = new Times(page, list.get(), messages.get());
      for (Future<?> each : besides) {
        each.get(); // must not fail, or the visit was another one
      }
      return times;
    }
  }

  private Callable<String> asking(String function, byte[] request) {
    return () -> functions.answer(function, request);
  }

  /** Loads the page, and then its files. */
  private void load(ExecutorService threads) throws Exception {
    String page = functions.answer(ScreenFunctions.PAGE, PageRequests.page());
    Queue<String> files = new ConcurrentLinkedQueue<>(PageRequests.assets(page));
    List<Future<?>> loading = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      loading.add(threads.submit(() -> {
        for (String file = files.poll(); file != null; file = files.poll()) {
          String _ = functions.answer(ScreenFunctions.PAGE, PageRequests.asset(file));
        }
        return null;
      }));
    }
    for (Future<?> each : loading) {
      each.get();
    }
  }

  private static void require(String answer, String part) {
    if (!answer.contains(part)) {
      throw new IllegalStateException("The page would not show what it should: " + answer);
    }
  }

  private double since() {
    return (System.nanoTime() - start) / 1e6;
  }
}
