package dev.knatter.packaging.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ./knatter image} was asked for.
 *
 * @param base      a reference, or a tar as {@code docker save} writes it
 * @param registry  to push to; without it, images are named as a cluster finds its own
 * @param output    where tars are to stay, with no engine taking them
 * @param functions none: all that are packaged
 */
record ImageOptions(String base, Optional<String> registry, String tag, Optional<Path> output,
    List<String> functions) {
  static final String USAGE = """
      usage: ./knatter image [--base IMAGE|TAR] [--registry PREFIX] [--tag TAG] [--output DIR] [FUNCTION...]
        --base      what images stand on, with glibc: a reference, or a tar by docker save (debian:bookworm-slim)
        --registry  push PREFIX/knatter-FUNCTION; docker login and podman login say who may
        --tag       of each image (dev)
        --output    leave tars there, and load them into no engine
      Without --registry and --output, the first of docker, podman and buildah that takes images gets them.
      What was made last is what ./knatter deploy deploys.""";

  static final String LOCAL = "dev.local";

  ImageOptions {
    functions = List.copyOf(functions);
  }

  /** @throws IllegalArgumentException saying what is wrong */
  static ImageOptions parse(List<String> words) {
    String base = "debian:bookworm-slim";
    String tag = "dev";
    String registry = null;
    Path output = null;
    List<String> functions = new ArrayList<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext();) {
      String word = rest.next();
      switch (word) {
        case "--base" -> base = value(word, rest);
        case "--tag" -> tag = value(word, rest);
        case "--registry" -> registry = value(word, rest).replaceAll("/+$", "");
        case "--output" -> output = Path.of(value(word, rest));
        default -> {
          if (word.startsWith("-")) {
            throw new IllegalArgumentException("There is no option " + word + ".");
          }
          functions.add(word);
        }
      }
    }
    if (registry != null && output != null) {
      throw new IllegalArgumentException("Either --registry or --output: an image goes one way.");
    }
    return new ImageOptions(base, Optional.ofNullable(registry), tag, Optional.ofNullable(output), functions);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.next();
  }

  /** Of a function's image. */
  String reference(String function) {
    return registry.orElse(LOCAL) + "/knatter-" + function + ":" + tag;
  }
}
