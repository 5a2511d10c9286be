package dev.knatter.functions.account;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * What becomes of a field that is a text: another value, or none where a caller wrote null (RFC 7396). One that he did
 * not write stays as it is, and is no FieldChange at all. Not a record, which a form could not hold.
 */
@JsonDeserialize(using = FieldChange.Reader.class)
public final class FieldChange {
  private final @Nullable String value;

  private FieldChange(@Nullable String value) {
    this.value = value;
  }

  @Nullable
  String value() {
    return value;
  }

  static @Nullable String valueOf(@Nullable FieldChange change) {
    return change == null ? null : change.value;
  }

  /** Tells null from nothing. */
  static final class Reader extends StdDeserializer<FieldChange> {
    Reader() {
      super(FieldChange.class);
    }

    @Override
    public FieldChange deserialize(JsonParser parser, DeserializationContext context) {
      return new FieldChange(context.readValue(parser, String.class));
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
      return new FieldChange(null);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
