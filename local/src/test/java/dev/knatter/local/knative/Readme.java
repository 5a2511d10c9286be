package dev.knatter.local.knative;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands that knative/README.md tells an operator to type. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /** Each command as its words, with continued lines joined and quotes removed. */
  static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    BLOCK.matcher(Manifests.text(Manifests.ROOT.resolve("README.md")))
      .results()
      .forEach(block -> block.group(1)
        .replace("\\\n", " ")
        .lines()
        .forEach(line -> commands.add(words(line))));
    return commands;
  }

  /**
   * The commands that make something.
   *
   * @param words what follows {@code kn}, without {@code create}
   */
  static List<List<String>> creating(String... words) {
    List<String> beginning = new ArrayList<>(List.of("kn"));
    beginning.addAll(List.of(words));
    beginning.add(beginning.size() - 1, "create");
    return commands().stream()
      .filter(command -> command.size() > beginning.size()
          && command.subList(0, beginning.size()).equals(beginning))
      .toList();
  }

  /** Values of a flag that may be repeated. */
  static List<String> values(List<String> command, String flag) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 1 < command.size(); i++) {
      if (command.get(i).equals(flag)) {
        values.add(command.get(i + 1));
      }
    }
    return values;
  }

  /** The keys of a secret that {@code kubectl create secret generic} makes. */
  static List<String> secretKeys(String name) {
    return commands().stream()
      .filter(command -> command.size() > 6 && command.get(0).equals("kubectl")
          && command.subList(3, 7).equals(List.of("create", "secret", "generic", name)))
      .flatMap(command -> command.stream())
      .filter(word -> word.startsWith("--from-file="))
      .map(word -> word.split("=", 3)[1])
      .toList();
  }

  private static List<String> words(String line) {
    return Pattern.compile("\"([^\"]*)\"|(\\S+)")
      .matcher(line)
      .results()
      .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
      .toList();
  }
}
