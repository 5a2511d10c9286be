package dev.knatter.adapter.json;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes records, maps whose keys are strings, collections, strings, numbers, booleans, enums, UUIDs and times as JSON
 * (RFC 8259). A component that is null is left out.
 */
final class JsonWriter {
  /** A value that contains itself is refused at this depth. */
  private static final int MAX_DEPTH = 64;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
  /** RFC 3339 in UTC with exactly three digits of a second, so that texts sort as times do. */
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private record Component(SerializedString name, Method accessor) {}

  private final Map<Class<?>, List<Component>> records = new ConcurrentHashMap<>();
  private final JsonFactory factory = JsonFactory.builder()
    .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
    .build();

  /** @throws IllegalArgumentException when there is something in it that has no JSON */
  byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(value, out);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("An answer has no JSON", e);
    }
    return bytes.toByteArray();
  }

  /** Not a switch: a switch over types makes a class when it first runs, which is in every cold start. */
  @SuppressWarnings("IfChainToSwitch")
  private void write(@Nullable Object value, JsonGenerator out) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) { // §6 has no infinity and no NaN
      out.writeNumber(number);
    } else if (value instanceof UUID id) {
      out.writeString(id.toString());
    } else if (value instanceof Enum<?> constant) {
      out.writeString(constant.name());
    } else if (value instanceof Instant time) {
      out.writeString(text(time));
    } else if (value instanceof Record record) {
      record(record, out);
    } else if (value instanceof Collection<?> values) {
      array(values, out);
    } else if (value instanceof Map<?, ?> map) {
      object(map, out);
    } else {
      throw new IllegalArgumentException("An answer has no JSON for a " + value.getClass().getName());
    }
  }

  private static String text(Instant time) {
    if (time.isBefore(FIRST) || !time.isBefore(END)) {
      throw new IllegalArgumentException("An answer has a time that RFC 3339 cannot say");
    }
    return TIME.format(time);
  }

  private void record(Record record, JsonGenerator out) {
    out.writeStartObject();
    for (Component component : records.computeIfAbsent(record.getClass(), JsonWriter::components)) {
      Object value = value(component.accessor(), record);
      if (value != null) {
        out.writeName(component.name());
        write(value, out);
      }
    }
    out.writeEndObject();
  }

  private static List<Component> components(Class<?> type) {
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      components.add(new Component(new SerializedString(RecordType.name(component)), accessor));
    }
    return components;
  }

  private static @Nullable Object value(Method accessor, Record record) {
    try {
      return accessor.invoke(record);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // never after setAccessible
    }
  }

  private void object(Map<?, ?> map, JsonGenerator out) {
    out.writeStartObject();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.writeName((String) member.getKey());
      write(member.getValue(), out);
    }
    out.writeEndObject();
  }

  private void array(Collection<?> values, JsonGenerator out) {
    out.writeStartArray();
    for (Object value : values) {
      write(value, out);
    }
    out.writeEndArray();
  }
}
