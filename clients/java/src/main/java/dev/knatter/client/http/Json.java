package dev.knatter.client.http;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** JSON as the API has it: members that are not known are ignored, and members without a value are absent. */
public final class Json {
  private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3)
    .toFormatter();
  private static final JsonMapper MAPPER = JsonMapper.builder()
    .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
    .addModule(new SimpleModule().addSerializer(Instant.class, new Millis()))
    .build();

  private Json() {}

  /** The document is {@code null}. */
  private static final class NoValueException extends JacksonException {
    private static final long serialVersionUID = 1L;

    NoValueException() {
      super("null is no value");
    }
  }

  /** Times have three fraction digits, also when they are zeros. */
  private static final class Millis extends StdSerializer<Instant> {
    Millis() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator out, SerializationContext context) {
      out.writeString(MILLIS.format(time));
    }
  }

  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** @throws JacksonException if it is no such value */
  public static <T> T read(byte[] json, Class<T> type) {
    return present(MAPPER.readValue(json, type));
  }

  /** @throws JacksonException if it is no such value */
  public static <T> T read(String json, Class<T> type) {
    return present(MAPPER.readValue(json, type));
  }

  private static <T> T present(T value) {
    if (value == null) {
      throw new NoValueException();
    }
    return value;
  }
}
