package dev.knatter.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ./knatter deploy} was asked for. What is not named stays as the overlay has it.
 *
 * @param images          where ./knatter image left the digests; empty: where it always does
 * @param withoutGateway  whether each function is to be reached at its own Knative host only
 * @param withoutEventing whether there are no events, and a CronJob calls outbox
 * @param selfSigned      whether to make a certificate if there is none
 * @param atOnce          whether functions are not to wait for each other
 * @param dryRun          whether only to say what would be applied
 */
record DeployOptions(String overlay, Optional<String> registry, Optional<String> tag, Optional<Path> images,
    Optional<String> host, Optional<String> gatewayClass, boolean withoutGateway, boolean withoutEventing,
    boolean selfSigned, boolean atOnce, boolean dryRun) {
  static final List<String> OVERLAYS = List.of("development", "production");
  static final String USAGE = """
      usage: ./knatter deploy [--overlay development|production] [--registry PREFIX] [--tag TAG] [--images DIR]
                              [--host HOST] [--gateway-class NAME | --without-gateway] [--without-eventing]
                              [--self-signed] [--at-once] [--dry-run]
        --overlay           of knative/overlays (development)
        --registry          where ./knatter image has pushed to; without it, images are those that the overlay names
        --tag               of the images
        --images            the folder with digests that ./knatter image has left; without it, those that it made last here
        --host              under which clients reach it
        --gateway-class     of the Gateway, of kubectl get gatewayclass
        --without-gateway   no public host: each function at its own host of Knative, without HTTPS, for a first look
        --without-eventing  no events: a CronJob calls outbox, instead of Knative Eventing
        --self-signed       make a certificate for that host, if there is none
        --at-once           replace all functions at once, and not a few at a time: where there is room for all twice
        --dry-run           print what would be applied, and apply nothing""";

  private static final Set<String> VALUES = Set.of("--overlay", "--registry", "--tag", "--images", "--host",
      "--gateway-class");
  private static final Set<String> SWITCHES = Set.of("--without-gateway", "--without-eventing",
      "--self-signed", "--at-once", "--dry-run");

  /** @throws IllegalArgumentException saying what is wrong */
  static DeployOptions parse(List<String> words) {
    Map<String, String> values = new HashMap<>();
    Set<String> switches = new HashSet<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext();) {
      String word = rest.next();
      if (VALUES.contains(word)) {
        values.put(word, value(word, rest));
      } else if (SWITCHES.contains(word)) {
        switches.add(word);
      } else {
        throw new IllegalArgumentException("There is no option " + word + ".");
      }
    }
    DeployOptions options = new DeployOptions(values.getOrDefault("--overlay", OVERLAYS.getFirst()),
        value(values, "--registry").map(prefix -> prefix.replaceAll("/+$", "")), value(values, "--tag"),
        value(values, "--images").map(Path::of), value(values, "--host"), value(values, "--gateway-class"),
        switches.contains("--without-gateway"), switches.contains("--without-eventing"),
        switches.contains("--self-signed"), switches.contains("--at-once"), switches.contains("--dry-run"));
    options.check();
    return options;
  }

  private void check() {
    if (!OVERLAYS.contains(overlay)) {
      throw new IllegalArgumentException("There is no overlay " + overlay + ".");
    }
    if (!host.orElse("a").matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      throw new IllegalArgumentException(
          host.orElseThrow() + " is not the name of a host: no scheme, port or path, in lower case.");
    }
    if (gatewayClass.isPresent() && withoutGateway) {
      throw new IllegalArgumentException("Either --gateway-class or --without-gateway.");
    }
    if (images.isPresent() && !Files.isDirectory(images.get())) {
      throw new IllegalArgumentException("--images: there is no folder " + images.get() + ".");
    }
  }

  private static Optional<String> value(Map<String, String> values, String option) {
    return Optional.ofNullable(values.get(option));
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.next();
  }
}
