package dev.knatter.bench.screen;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import dev.knatter.bench.process.Resources;
import dev.knatter.bench.setup.BenchEnvironment;

/** The functions of the first screen, each as a process of its own that sleeps. */
final class ScreenFunctions implements PageVisit.Functions, Closeable {
  static final String PAGE = "web";
  /** What the page's {@code wake()} asks: FIRST_NEEDED in clients/web. */
  static final List<Woken> WOKEN = List.of(new Woken("/v1/refresh", "refresh"),
      new Woken("/v1/conversations", "conversations"), new Woken("/v1/messages", "messages"),
      new Woken("/v1/stream/ticket", "stream"));

  /** Which the page asks for the profile of the other user, but does not wake. */
  private static final String PROFILES = "users";

  /** A path, and the function that owns it. */
  record Woken(String path, String function) {}

  private final Map<String, SleepingFunction> functions = new LinkedHashMap<>();
  private final Resources resources = new Resources();

  /** @param environment variables besides those of the stores */
  ScreenFunctions(BenchEnvironment bench, Map<String, String> environment) {
    names().forEach(name -> functions.put(name,
        resources.add(SleepingFunction.prepare(bench, name, environment))));
  }

  /** All of them. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of(PAGE, PROFILES));
    WOKEN.forEach(woken -> names.add(woken.function()));
    return names;
  }

  /** Starts those that do not run yet, one after the other. */
  void awake() throws ExecutionException, InterruptedException {
    for (SleepingFunction function : functions.values()) {
      function.awake();
    }
  }

  @Override
  public String answer(String function, byte[] request)
      throws IOException, ExecutionException, InterruptedException {
    SleepingFunction asked = functions.get(function);
    if (asked == null) {
      throw new IllegalArgumentException("The page does not need " + function + ".");
    }
    return asked.answer(request);
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
