package dev.knatter.adapter.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Readers for the types where Jackson's own accept more than one spelling, and the one spelling of a time. */
final class StrictTypes {
  private static final Pattern UUID_TEXT = Pattern
    .compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
    .withZone(ZoneOffset.UTC);

  private StrictTypes() {}

  static SimpleModule module() {
    SimpleModule module = new SimpleModule("strict");
    module.addDeserializer(String.class, new Text<>(String.class) {
      @Override
      String of(String text) {
        return text;
      }
    });
    module.addDeserializer(UUID.class, new Text<>(UUID.class) {
      @Override
      UUID of(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
          throw new IllegalArgumentException();
        }
        return UUID.fromString(text);
      }
    });
    module.addDeserializer(Instant.class, new Text<>(Instant.class) {
      @Override
      Instant of(String text) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
      }
    });
    module.addDeserializer(Double.class, new Finite(Double.class));
    module.addDeserializer(double.class, new Finite(double.class));
    module.addKeyDeserializer(String.class, new Key());
    module.addSerializer(Instant.class, new Millis());
    return module;
  }

  /** Reads a JSON string and nothing else. */
  private abstract static class Text<T> extends StdScalarDeserializer<T> {
    Text(Class<T> type) {
      super(type);
    }

    abstract T of(String text);

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : null;
      if (text != null && !Utf8.hasUnpairedSurrogate(text)) {
        try {
          return of(text);
        } catch (IllegalArgumentException | DateTimeException e) {
          // Reported below, without the text which these exceptions quote.
        }
      }
      return context.reportInputMismatch(this, "not a %s", handledType().getSimpleName());
    }
  }

  /** Reads a JSON number that a double can hold; Jackson takes the string "NaN", and 1e999 for infinity. */
  private static final class Finite extends StdScalarDeserializer<Double> {
    Finite(Class<?> type) {
      super(type);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken().isNumeric() && Double.isFinite(parser.getDoubleValue())) {
        return parser.getDoubleValue();
      }
      return context.reportInputMismatch(this, "not finite");
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
      return handledType().isPrimitive() ? context.reportInputMismatch(this, "not a number") : null;
    }
  }

  private static final class Key extends KeyDeserializer {
    @Override
    public String deserializeKey(String key, DeserializationContext context) {
      return Utf8.hasUnpairedSurrogate(key) ? context.reportInputMismatch(String.class, "not a string") : key;
    }
  }

  /** RFC 3339 in UTC with exactly three digits of a second, so that texts sort as times do. */
  private static final class Millis extends StdScalarSerializer<Instant> {
    Millis() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(MILLIS.format(value));
    }
  }
}
