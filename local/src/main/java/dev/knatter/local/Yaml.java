package dev.knatter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A node of a YAML document. It may be empty. */
record Yaml(@Nullable Object value) {
  /** Reads all documents of a file. */
  static List<Yaml> read(Path file) {
    try {
      List<Yaml> documents = new ArrayList<>();
      new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(Files.readString(file))
        .forEach(document -> documents.add(new Yaml(document)));
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All resources of a folder: those of the files that its {@code kustomization.yaml} lists. */
  static Stream<Yaml> resources(Path folder) {
    return read(folder.resolve("kustomization.yaml")).stream()
      .flatMap(kustomization -> kustomization.at("resources").items().stream())
      .flatMap(name -> read(folder.resolve(name.text())).stream());
  }

  /** The node below this one, key by key; empty if a key is missing. */
  Yaml at(String... keys) {
    Object node = value;
    for (String key : keys) {
      node = node instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Yaml(node);
  }

  /** The scalar as text; "" if there is none. */
  String text() {
    return value == null ? "" : value.toString();
  }

  List<Yaml> items() {
    List<Yaml> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> items.add(new Yaml(item)));
    }
    return items;
  }

  /** The members of a mapping, as text. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> texts.put(name.toString(), new Yaml(member).text()));
    }
    return texts;
  }

  /** Whether this is a resource of this kind, in any version of the group. */
  boolean isA(String group, String kind) {
    return at("kind").text().equals(kind) && at("apiVersion").text().startsWith(group + "/");
  }
}
