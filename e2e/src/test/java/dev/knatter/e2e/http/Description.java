package dev.knatter.e2e.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.knatter.embedded.Checkout;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/openapi.yaml}, as what exchanges are held against. */
final class Description {
  private static final String IRI = "https://openapi.invalid/knatter";
  /** The only one that others extend, so that only they know whether a member is described. */
  private static final String EXTENDED = "Problem";

  private final JsonNode document;
  private final boolean direct;
  private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final SchemaRegistry schemas;
  private final Map<String, Schema> known = new ConcurrentHashMap<>();

  private Description(JsonNode document, boolean direct) {
    this.document = document;
    this.direct = direct;
    document.findValues("headers").forEach(described -> headers.addAll(described.propertyNames()));
    this.schemas = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(),
        registry -> registry.schemas(Map.of(IRI, document.toString()))
          .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  static Description load() {
    return load(System.getProperty("knatter.url", "").isEmpty());
  }

  /** @param direct whether nothing is between us and the product that has headers of its own to say */
  static Description load(boolean direct) {
    JsonNode document = YAMLMapper.shared().readTree(Checkout.root().resolve("docs/openapi.yaml"));
    document.at("/components/schemas").properties().forEach(schema -> {
      if (!schema.getKey().equals(EXTENDED)) {
        close(schema.getValue());
      }
    });
    return new Description(document, direct);
  }

  /** Clients are told to ignore what they do not know; we are not: what is answered must be described. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && (schema.has("properties") || schema.has("allOf"))) {
      object.put("unevaluatedProperties", false);
      object.path("properties").properties().forEach(property -> {
        close(property.getValue());
        close(property.getValue().path("items"));
      });
    }
  }

  /**
   * Whether a header that is not described where it was found is the product's: any of what answers directly; behind
   * gateways, which add what they like, those that the product has elsewhere.
   */
  boolean isOurs(String header) {
    return direct || headers.contains(header);
  }

  /** A gateway that compresses makes strong tags weak, for they stand for bytes (RFC 9110 §8.8.3). */
  String asSaid(String header, String value) {
    return !direct && header.equalsIgnoreCase("ETag") && value.startsWith("W/") ? value.substring(2) : value;
  }

  /** A node, and where it stands in the document. */
  record Place(String pointer, JsonNode node) {
    boolean exists() {
      return !node.isMissingNode();
    }
  }

  /** Follows references; not those that a schema adds something to. */
  Place at(String pointer) {
    JsonNode node = document.at(pointer);
    boolean isReference = node.size() == 1 && node.has("$ref");
    return isReference ? at(node.path("$ref").asString().substring(1)) : new Place(pointer, node);
  }

  Place at(Place parent, String... names) {
    Place place = parent;
    for (String name : names) {
      place = at(place.pointer() + "/" + name.replace("~", "~0").replace("/", "~1"));
    }
    return place;
  }

  @Nullable
  Operation operation(String method, String path) {
    String template = document.path("paths")
      .propertyNames()
      .stream()
      .filter(known -> path.matches(known.replaceAll("\\{[^/]+}", "[^/]+")))
      .findFirst()
      .orElse(path);
    Place operation = at(at("/paths"), template, method.toLowerCase(Locale.ROOT));
    return operation.exists() ? new Operation(this, operation) : null;
  }

  /** What is wrong with a value; nothing when it is as described. */
  List<String> errors(Place schema, JsonNode value) {
    return known.computeIfAbsent(schema.pointer(), this::schema)
      .validate(value)
      .stream()
      .map(error -> error.getInstanceLocation() + " " + error.getMessage())
      .toList();
  }

  private Schema schema(String pointer) {
    return schemas.getSchema(SchemaLocation.of(IRI + "#" + pointer));
  }
}
