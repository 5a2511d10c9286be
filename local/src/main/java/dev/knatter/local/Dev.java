package dev.knatter.local;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.knatter.embedded.CannotStartException;
import dev.knatter.shared.Env;
import dev.knatter.shared.LogLevel;

/** {@code ./knatter dev}: runs the product until Ctrl-C or SIGTERM and prints progress. */
final class Dev {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final long READY_EVERY_MILLIS = 50;

  private final boolean fresh;
  private volatile boolean stopping;
  private volatile int status;

  private Dev(boolean fresh) {
    this.fresh = fresh;
  }

  public static void main(String[] arguments) throws InterruptedException {
    List<String> options = Arrays.asList(arguments);
    if (!List.of("--fresh").containsAll(options)) {
      System.err.println("usage: ./knatter dev [--fresh]   (--fresh forgets the data of earlier runs)");
      System.exit(WRONG_USE);
    }
    Dev dev = new Dev(options.contains("--fresh"));
    // A separate thread, because the main thread waits in System.exit and cannot clean up.
    Thread work = new Thread(dev::run, "dev");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> dev.stop(work), "stop"));
    work.start();
    work.join();
    System.exit(dev.status);
  }

  /** Handles a signal, also during the start: interrupts the work, which cleans up, and waits for it. */
  private void stop(Thread work) {
    stopping = true;
    say("Stopping");
    work.interrupt();
    try {
      work.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without this, the JVM would exit with the signal's status, as after a failure.
    Runtime.getRuntime().halt(status);
  }

  private void run() {
    try {
      LogLevel.apply(Env.of(System.getenv()));
      serve(LocalSettings.from(System.getenv()));
    } catch (InterruptedException e) {
      say("Stopped.");
    } catch (RuntimeException e) {
      if (stopping) {
        say("Stopped.");
        return;
      }
      status = FAILED;
      if (e instanceof CannotStartException) {
        System.err.println(e.getMessage());
      } else {
        e.printStackTrace();
      }
    }
  }

  private void serve(LocalSettings settings) throws InterruptedException {
    try (Local local = Local.start(settings, fresh, Dev::say)) {
      while (!local.ready()) {
        Thread.sleep(READY_EVERY_MILLIS);
      }
      say(new Banner(local.uri(), local.routes(), settings, local.sink()).text());
      new CountDownLatch(1).await();
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
