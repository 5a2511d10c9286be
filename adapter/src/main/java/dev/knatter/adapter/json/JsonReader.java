package dev.knatter.adapter.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text (RFC 8259) as a tree of maps, lists, strings, longs, doubles, booleans and nulls. A number that
 * no long can hold is a double.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER = 1000;
  private static final int MAX_NAME = 50_000;

  private final JsonFactory factory = JsonFactory.builder()
    .streamReadConstraints(StreamReadConstraints.builder()
      .maxNestingDepth(MAX_DEPTH)
      .maxNumberLength(MAX_NUMBER)
      .maxNameLength(MAX_NAME)
      .build())
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
    .build();

  /** @throws InvalidInput when it is not one JSON text */
  @Nullable
  Object read(String text) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new InvalidInput("", "is missing");
      }
      Object tree = value(parser);
      if (parser.nextToken() != null) {
        throw malformed(parser.currentTokenLocation());
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw new InvalidInput("", "is nested too deeply or has a number or name that is too long");
    } catch (JacksonException e) {
      throw malformed(e.getLocation());
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw malformed(parser.currentTokenLocation());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    String name = parser.nextName();
    while (name != null) {
      parser.nextToken();
      object.put(name, value(parser));
      name = parser.nextName();
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static Object integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }

  private static InvalidInput malformed(TokenStreamLocation at) {
    return new InvalidInput("", "must be one well-formed JSON text without repeated names (line "
        + at.getLineNr() + ", column " + at.getColumnNr() + ")");
  }
}
