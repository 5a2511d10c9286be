package dev.knatter.adapter.json;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads input strictly and writes answers. Jackson reads bytes as a tree (of maps, lists, strings, longs, doubles, booleans and
 * nulls), and the binder makes a record of the tree; so bodies, forms, queries and events are all bound alike.
 */
public final class Json {
  private final JsonReader reader = new JsonReader();
  private final Binder binder = new Binder();
  private final JsonWriter writer = new JsonWriter();

  /** @throws InvalidInput when the bytes are not one JSON object in UTF-8 */
  public Map<String, @Nullable Object> object(byte[] body) {
    if (tree(body) instanceof Map<?, ?> object) {
      @SuppressWarnings("unchecked") // a tree has no other maps
      Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) object;
      return members;
    }
    throw new InvalidInput("", "must be a JSON object");
  }

  /** @throws InvalidInput when the bytes are not one JSON value in UTF-8 */
  public @Nullable Object tree(byte[] body) {
    return reader.read(Utf8.text(body));
  }

  /**
   * The fields of an input that a path, a query or a form can hold.
   *
   * @throws IllegalArgumentException when the input has a component that cannot be bound
   */
  public TextFields fields(Class<?> input) {
    return new TextFields(input.isRecord() ? binder.recordType(input) : null);
  }

  /** @throws InvalidInput with a pointer to the field that does not fit */
  public <T> T bind(@Nullable Object tree, Class<T> type) {
    Object bound = binder.bind(tree, FieldType.of(type));
    if (bound == null) {
      throw new InvalidInput("", "is missing");
    }
    return type.cast(bound);
  }

  /** @throws IllegalArgumentException when there is something in it that has no JSON */
  public byte[] write(Object value) {
    return writer.write(value);
  }
}
