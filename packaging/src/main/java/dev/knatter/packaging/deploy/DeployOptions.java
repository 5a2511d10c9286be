package dev.knatter.packaging.deploy;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./knatter deploy} was asked for. What is not named stays as the overlay has it.
 *
 * @param selfSigned whether to make a certificate if there is none
 * @param dryRun     whether only to say what would be applied
 */
record DeployOptions(String overlay, Optional<String> registry, Optional<String> tag, Optional<String> host,
    boolean selfSigned, boolean dryRun) {
  static final List<String> OVERLAYS = List.of("development", "production");
  static final String USAGE = """
      usage: ./knatter deploy [--overlay development|production] [--registry PREFIX] [--tag TAG] [--host HOST]
                              [--self-signed] [--dry-run]
        --overlay      of knative/overlays (development)
        --registry     where ./knatter image has pushed to; without it, images are those that the overlay names
        --tag          of the images
        --host         under which clients reach it
        --self-signed  make a certificate for that host, if there is none
        --dry-run      print what would be applied, and apply nothing""";

  /** @throws IllegalArgumentException saying what is wrong */
  static DeployOptions parse(List<String> words) {
    String overlay = OVERLAYS.getFirst();
    String registry = null;
    String tag = null;
    String host = null;
    boolean selfSigned = false;
    boolean dryRun = false;
    for (Iterator<String> rest = words.iterator(); rest.hasNext();) {
      String word = rest.next();
      switch (word) {
        case "--overlay" -> overlay = value(word, rest);
        case "--registry" -> registry = value(word, rest).replaceAll("/+$", "");
        case "--tag" -> tag = value(word, rest);
        case "--host" -> host = value(word, rest);
        case "--self-signed" -> selfSigned = true;
        case "--dry-run" -> dryRun = true;
        default -> throw new IllegalArgumentException("There is no option " + word + ".");
      }
    }
    if (!OVERLAYS.contains(overlay)) {
      throw new IllegalArgumentException("There is no overlay " + overlay + ".");
    }
    if (host != null && !host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      throw new IllegalArgumentException(
          host + " is not the name of a host: no scheme, port or path, in lower case.");
    }
    return new DeployOptions(overlay, Optional.ofNullable(registry), Optional.ofNullable(tag),
        Optional.ofNullable(host), selfSigned, dryRun);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.next();
  }
}
