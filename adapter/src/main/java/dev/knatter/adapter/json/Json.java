package dev.knatter.adapter.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads objects strictly and writes them. Reading has two steps, so that bodies, forms, queries and events are all
 * bound alike: bytes to a tree, tree to a record.
 */
public final class Json {
  private static final int MAX_DEPTH = 64;
  private static final String MISSING = "is missing";

  private final JsonMapper mapper;

  public Json() {
    JsonFactory factory = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();
    mapper = JsonMapper.builder(factory)
      .addModule(StrictTypes.module())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
          DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
          DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
      .build();
  }

  public JsonMapper mapper() {
    return mapper;
  }

  public ObjectNode object() {
    return mapper.createObjectNode();
  }

  /** @throws InvalidInput when the bytes are not one JSON object in UTF-8 */
  public ObjectNode object(byte[] body) {
    if (tree(body) instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidInput("", "must be a JSON object");
  }

  /** @throws InvalidInput when the bytes are not one JSON value in UTF-8 */
  public JsonNode tree(byte[] body) {
    if (body.length == 0) {
      throw new InvalidInput("", MISSING);
    }
    try {
      JsonNode tree = mapper.readTree(Utf8.text(body));
      if (tree.isMissingNode()) { // nothing but white space
        throw new InvalidInput("", MISSING);
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw new InvalidInput("", "is nested too deeply or has a number or name that is too long");
    } catch (JacksonException e) {
      throw new InvalidInput("", "must be one well-formed JSON text without repeated names" + position(e));
    }
  }

  /** @throws InvalidInput with a pointer to the field that does not fit */
  public <T> T bind(JsonNode tree, Class<T> type) {
    if (tree.isNull()) {
      throw new InvalidInput("", MISSING);
    }
    try {
      return mapper.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw BindingFault.of(e);
    }
  }

  public byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  private static String position(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
  }
}
