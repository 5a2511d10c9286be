package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Whether docs/openapi.yaml agrees with itself. What the functions do is held against it elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiDocumentTest {
  private static final String BASE = "https://knatter.dev/openapi";
  /** Its answer is at hand, and cached by those who ask. */
  private static final Set<String> UNLIMITED = Set.of("get /.well-known/jwks.json", "get /", "get /worker.js",
      "get /assets/{file}");
  private static final Set<String> ASKED_BY_MACHINES = Set.of("get /healthz", "get /metrics");

  private final JsonNode document = new YAMLMapper().readTree(Path.of("..", "docs", "openapi.yaml").toFile());
  private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(),
      builder -> builder.schemas(Map.of(BASE, document.toString()))
        .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  @Test
  void document_isOfOpenApi31() {
    assertThat(document.path("openapi").asString()).startsWith("3.1.");
    assertThat(names(document)).containsExactlyInAnyOrder("openapi", "info", "servers", "tags", "security",
        "paths",
        "components");
  }

  @Test
  void reference_leadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(document, "$ref", references);
    assertThat(references).isNotEmpty()
      .allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse());
  }

  @Test
  void component_isUsed() {
    List<String> references = new ArrayList<>();
    collect(document, "$ref", references);
    for (String kind : List.of("parameters", "headers", "responses", "schemas")) {
      assertThat(names(document.at("/components/" + kind))).allSatisfy(
          name -> assertThat(references).contains("#/components/" + kind + "/" + name));
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schema_isOfItsDialect(String pointer) {
    Schema meta = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
      .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(document.at(pointer))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_fitsItsSchema(String schema, String example) {
    assertThat(schema(schema).validate(document.at(example))).isEmpty();
  }

  @Test
  void request_isClosed() {
    for (JsonNode operation : operations().values()) {
      for (JsonNode body : operation.at("/requestBody/content")) {
        JsonNode schema = resolve(body.path("schema"));
        assertThat(schema.path("additionalProperties").asBoolean(true)).as(schema.path("required").toString())
          .isFalse();
      }
    }
  }

  @Test
  void requestBody_isJsonOrForm() {
    for (JsonNode operation : operations().values()) {
      if (operation.has("requestBody")) {
        assertThat(names(operation.at("/requestBody/content"))).containsExactlyInAnyOrder("application/json",
            "application/x-www-form-urlencoded");
      }
    }
  }

  @Test
  void operation_saysWhatAnyOperationMayAnswer() {
    operations().forEach((name, operation) -> {
      if (!ASKED_BY_MACHINES.contains(name)) {
        assertThat(names(operation.path("responses"))).as(name)
          .contains("400", "405", "406", "413", "500", "503");
        assertThat(operation.at("/responses/429").isObject() || UNLIMITED.contains(name)).as(name).isTrue();
        boolean open = operation.has("security") && operation.path("security").isEmpty();
        assertThat(open || operation.at("/responses/401").isObject()).as(name).isTrue();
      }
    });
  }

  @Test
  void problem_hasTheStatusOfItsResponse() {
    operations().forEach((name, operation) -> operation.path("responses").properties().forEach(response -> {
      JsonNode content = resolve(response.getValue()).at("/content/application~1problem+json/schema");
      for (JsonNode schema : content.has("oneOf") ? content.path("oneOf") : List.of(content)) {
        if (!schema.isMissingNode()) {
          assertThat(resolve(schema).at("/properties/status/const").asString()).as(name)
            .isEqualTo(response.getKey());
        }
      }
    }));
  }

  @Test
  void problemType_isListedOnce() {
    List<String> described = new ArrayList<>();
    for (JsonNode schema : document.at("/components/schemas")) {
      if (schema.path("$ref").asString("").endsWith("/Problem")) {
        described.add(schema.at("/properties/type/const").asString());
      }
    }
    List<String> listed = new ArrayList<>();
    document.at("/components/schemas/Problem/properties/type/enum")
      .forEach(type -> listed.add(type.asString()));
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(described).containsAll(listed).allMatch(listed::contains);
  }

  Stream<String> schemas() {
    return names(document.at("/components/schemas")).stream().map(name -> "/components/schemas/" + name);
  }

  /** Pairs of pointers: to a schema, to an example of it. */
  Stream<Arguments> examples() {
    List<Arguments> found = new ArrayList<>();
    findExamples(document, "", found);
    return found.stream();
  }

  private void findExamples(JsonNode node, String pointer, List<Arguments> found) {
    if (node.has("schema")) {
      String schema = pointer + "/schema";
      if (node.has("example")) {
        found.add(arguments(schema, pointer + "/example"));
      }
      names(node.path("examples"))
        .forEach(name -> found.add(arguments(schema, pointer + "/examples/" + name + "/value")));
    }
    if (node.isObject()) {
      node.properties()
        .forEach(member -> findExamples(member.getValue(),
            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"), found));
    }
  }

  private Schema schema(String pointer) {
    return registry.getSchema(SchemaLocation.of(BASE + "#" + pointer));
  }

  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document.path("paths")
      .properties()
      .forEach(path -> path.getValue()
        .properties()
        .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
    return operations;
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") && node.size() == 1
        ? document.at(node.path("$ref").asString().substring(1))
        : node;
  }

  private static void collect(JsonNode node, String name, List<String> values) {
    if (node.isObject() && node.path(name).isString()) {
      values.add(node.path(name).asString());
    }
    node.forEach(child -> collect(child, name, values));
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }
}
