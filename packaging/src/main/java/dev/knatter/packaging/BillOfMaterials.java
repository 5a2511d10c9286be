package dev.knatter.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which libraries are in a program, in which versions: CycloneDX 1.6. It has neither a time nor a serial number, so that
 * the same class path gives the same bytes.
 */
final class BillOfMaterials {
  private static final JsonMapper JSON = JsonMapper.builder()
    .enable(SerializationFeature.INDENT_OUTPUT)
    .build();

  private BillOfMaterials() {}

  static void write(Program program, Path file) {
    List<Map<String, Object>> components = new ArrayList<>();
    for (Path element : program.classPath()) {
      components.add(component(element));
    }
    components.add(
        Map.of("type", "platform", "name", System.getProperty("java.vm.name"), "version",
            Runtime.version().toString(), "bom-ref", "runtime",
            "supplier", Map.of("name", System.getProperty("java.vm.vendor"))));
    Map<String, Object> bill = new LinkedHashMap<>();
    bill.put("bomFormat", "CycloneDX");
    bill.put("specVersion", "1.6");
    bill.put("version", 1);
    bill.put("metadata",
        Map.of("component", Map.of("type", "application", "name", program.name(), "bom-ref", "program")));
    bill.put("components", components);
    try {
      Files.writeString(file, JSON.writeValueAsString(bill) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> component(Path element) {
    Coordinates coordinates = Coordinates.of(element);
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", "library");
    component.put("name", coordinates.artifact());
    put(component, "group", coordinates.group());
    put(component, "version", coordinates.version());
    String reference = coordinates.packageUrl();
    put(component, "purl", reference);
    component.put("bom-ref", reference == null ? coordinates.artifact() : reference);
    if (Files.isRegularFile(element)) {
      component.put("hashes", List.of(Map.of("alg", "SHA-256", "content", hash(element))));
    }
    return component;
  }

  private static void put(Map<String, Object> component, String key, @Nullable String value) {
    if (value != null) {
      component.put(key, value);
    }
  }

  private static String hash(Path file) {
    try {
      return Manifest.sha256(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
