package dev.knatter.adapter.json;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads objects strictly and writes them. Reading has two steps, so that bodies, forms, queries and events are all
 * bound alike: bytes to a tree (of maps, lists, texts, longs, doubles, booleans and nulls), tree to a record.
 */
public final class Json {
  private final Binder binder = new Binder();
  private final Writer writer = new Writer();

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
    return Parser.parse(Utf8.text(body));
  }

  /**
   * The fields of an input as a path, a query or a form says them.
   *
   * @throws IllegalArgumentException when the input has something that cannot be bound
   */
  public TextFields fields(Class<?> input) {
    return new TextFields(input.isRecord() ? binder.shape(input) : null);
  }

  /** @throws InvalidInput with a pointer to the field that does not fit */
  public <T> T bind(@Nullable Object tree, Class<T> type) {
    Object bound = binder.bind(tree, Slot.of(type));
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
