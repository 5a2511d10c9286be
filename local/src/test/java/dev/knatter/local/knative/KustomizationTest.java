package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

final class KustomizationTest {
  /** The development overlay with the proxies. */
  private static final Path LIVE = Manifests.ROOT.resolve("overlays/live");

  static Stream<Path> folders() {
    return Stream.concat(
        Stream.of(Manifests.BASE, Manifests.ROOT.resolve("eventing"), Manifests.ROOT.resolve("cron"),
            Manifests.ROOT.resolve("live"), LIVE),
        overlays());
  }

  @Test
  void overlay_isOneOfThree() throws IOException {
    try (Stream<Path> overlays = Files.list(Manifests.ROOT.resolve("overlays"))) {
      assertThat(overlays)
        .containsExactlyInAnyOrderElementsOf(Stream.concat(overlays(), Stream.of(LIVE)).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void kustomization_namesWhatExists(Path folder) {
    assertThat(named(folder)).isNotEmpty().allSatisfy(name -> assertThat(folder.resolve(name)).exists());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void file_isNamedByItsKustomization(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
          files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("kustomization.yaml")))
        .allSatisfy(name -> assertThat(named(folder)).contains(name));
    }
  }

  /** PingSource or CronJob: with neither nobody finishes what a stopped pod has left, nor an erasure. */
  @ParameterizedTest
  @MethodSource("overlays")
  void overlay_hasOneThatCallsOutbox(Path overlay) {
    assertThat(named(overlay)).contains("../../base")
      .filteredOn(Set.of("../../eventing", "../../cron")::contains)
      .hasSize(1);
  }

  static Stream<Path> overlays() {
    return Manifests.OVERLAYS.stream().map(name -> Manifests.ROOT.resolve("overlays").resolve(name));
  }

  @Test
  void production_takesEveryImageFromARegistry() {
    List<String> replaced = strings(read(Manifests.ROOT.resolve("overlays/production")), "images", "name");
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Manifests.yamlFiles()) {
      files.filter(file -> file.startsWith(Manifests.BASE))
        .flatMap(file -> Manifests.text(file).lines())
        .filter(line -> line.contains("image: "))
        .forEach(line -> used.add(line.replaceAll(".*image: (.*):dev", "$1")));
    }
    assertThat(replaced).containsExactlyInAnyOrderElementsOf(used);
  }

  private static List<String> named(Path folder) {
    Map<String, Object> kustomization = read(folder);
    List<String> names = new ArrayList<>(strings(kustomization, "resources"));
    names.addAll(strings(kustomization, "configurations"));
    names.addAll(strings(kustomization, "configMapGenerator", "envs"));
    names.addAll(strings(kustomization, "configMapGenerator", "files"));
    return names;
  }

  private static Map<String, Object> read(Path folder) {
    return new Yaml().load(Manifests.text(folder.resolve("kustomization.yaml")));
  }

  /** All strings at a path of names, through lists. */
  private static List<String> strings(Object node, String... path) {
    List<Object> nodes = List.of(node);
    for (String name : path) {
      nodes = nodes.stream()
        .flatMap(each -> flat(each instanceof Map<?, ?> map ? map.get(name) : null))
        .toList();
    }
    return nodes.stream().map(String.class::cast).toList();
  }

  private static Stream<Object> flat(@Nullable Object node) {
    return node instanceof List<?> list ? list.stream().map(Object.class::cast) : Stream.ofNullable(node);
  }
}
