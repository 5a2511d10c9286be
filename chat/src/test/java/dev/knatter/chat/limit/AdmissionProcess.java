package dev.knatter.chat.limit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.limit.RateLimit.Scope;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;

/** A process of its own, in which many ask to be admitted at the same time. */
final class AdmissionProcess implements AutoCloseable {
  /** Comes back often enough that tokens arrive while they ask. What is not counted is not let in. */
  static final RateLimit LIMIT = new RateLimit("test", 100, Duration.ofMillis(20), Scope.USER,
      /* failOpen= */ false);

  private static final String READY = "ready";

  private final Process process;
  private final BufferedReader output;

  private AdmissionProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Starts the process; they ask when it is told to {@link #go}. */
  static AdmissionProcess start(Map<String, String> env, String subject, int callers, int each)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), AdmissionProcess.class.getName(), subject,
        Integer.toString(callers),
        Integer.toString(each))
      .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(env);
    return new AdmissionProcess(builder.start());
  }

  void awaitReady() throws IOException {
    if (!READY.equals(output.readLine())) {
      throw new IllegalStateException("It did not start.");
    }
  }

  void go() throws IOException {
    process.outputWriter(StandardCharsets.US_ASCII).append('\n').flush();
  }

  /** How many were let in. */
  int admitted() throws IOException {
    return Integer.parseInt(output.readLine());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) throws Exception {
    Redis redis = Redis.open(RedisSettings.from(Env.system()));
    Admission admission = new Admission(redis);
    boolean _ = isAdmitted(admission, args[0] + "-before"); // connects
    int callers = Integer.parseInt(args[1]);
    int each = Integer.parseInt(args[2]);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    System.out.println(READY);
    String _ = input.readLine();
    Callable<Integer> caller = () -> {
      int admitted = 0;
      for (int i = 0; i < each; i++) {
        admitted += isAdmitted(admission, args[0]) ? 1 : 0;
      }
      return admitted;
    };
    int sum = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = threads.invokeAll(Collections.nCopies(callers, caller));
      for (Future<Integer> one : all) {
        sum += one.get();
      }
    }
    System.out.println(sum);
    redis.close();
  }

  /** What a busy machine does not answer in time is asked again. */
  private static boolean isAdmitted(Admission admission, String subject) {
    while (true) {
      try {
        Admitted _ = admission.admit(LIMIT, subject, null);
        return true;
      } catch (RateLimited refused) {
        return false;
      } catch (Unavailable unanswered) {
        Thread.onSpinWait();
      }
    }
  }
}
