package dev.knatter.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.knatter.shared.Chunks;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A rendered overlay in parts, in the order in which the cluster is given them.
 *
 * @param before what functions need: namespace, configuration, stores, the schema Job, the Broker and who knows of it
 * @param waves  the functions, a few at a time: twelve new pods beside the old ones can be more than a node holds, and
 *               then somebody's request waits for room until it times out
 * @param after  what calls functions: the gateway, its routes, the Triggers, and the ping
 */
record Rollout(String before, List<Wave> waves, String after) {
  private static final int AT_ONCE = 3;
  private static final String DIVIDER = "---\n";
  private static final Set<String> CALLERS = Set.of("Gateway", "HTTPRoute", "Trigger", "PingSource",
      "CronJob");
  /** The Broker has no address before it. Without an address, other functions would get theirs late, and start twice. */
  static final String DEAD_LETTERS = "dead-letters";
  /** Who writes messages before who reads them: readers may rely on what the writers of their release write. */
  private static final List<List<String>> FIRST = List.of(List.of(DEAD_LETTERS),
      List.of("outbox", "send", "send-events"),
      List.of("export", "messages"));

  /** Functions that begin together, and the YAML of their services. */
  record Wave(List<String> functions, String yaml) {
    Wave {
      functions = List.copyOf(functions);
    }
  }

  Rollout {
    waves = List.copyOf(waves);
  }

  static Rollout of(String rendered) {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    Map<String, String> functions = new LinkedHashMap<>();
    for (String document : rendered.split("(?m)^---\n", -1)) {
      Map<?, ?> resource = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
      if (resource == null) {
        continue;
      }
      String whole = DIVIDER + document.stripTrailing() + "\n";
      if (isFunction(resource)) {
        functions.put(name(resource), whole);
      } else {
        (CALLERS.contains(String.valueOf(resource.get("kind"))) ? after : before).append(whole);
      }
    }
    return new Rollout(before.toString(), waves(functions), after.toString());
  }

  /** All of it. */
  String whole() {
    return before + String.join("", waves.stream().map(Wave::yaml).toList()) + after;
  }

  private static List<Wave> waves(Map<String, String> functions) {
    List<List<String>> names = new ArrayList<>(FIRST);
    List<String> others = functions.keySet()
      .stream()
      .filter(name -> FIRST.stream().noneMatch(first -> first.contains(name)))
      .toList();
    names.addAll(Chunks.of(others, AT_ONCE));
    return names.stream()
      .map(wave -> wave.stream().filter(functions::containsKey).toList())
      .filter(wave -> !wave.isEmpty())
      .map(wave -> new Wave(wave, String.join("", wave.stream().map(functions::get).toList())))
      .toList();
  }

  private static boolean isFunction(Map<?, ?> resource) {
    return "Service".equals(resource.get("kind"))
        && String.valueOf(resource.get("apiVersion")).startsWith("serving.knative.dev/");
  }

  private static String name(Map<?, ?> resource) {
    return Stream.ofNullable(resource.get("metadata"))
      .map(metadata -> metadata instanceof Map<?, ?> fields ? String.valueOf(fields.get("name")) : "")
      .findFirst()
      .orElseThrow();
  }
}
