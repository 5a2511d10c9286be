package dev.knatter.adapter.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The fields of a record that is an input, in order, and its constructor. */
final class RecordType {
  private final List<String> names = new ArrayList<>();
  private final List<FieldType> types = new ArrayList<>();
  private final Constructor<?> constructor;

  RecordType(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = components[i].getType();
      names.add(name(components[i]));
      types.add(FieldType.of(components[i].getGenericType()));
    }
    try {
      constructor = type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has it
    }
    constructor.setAccessible(true);
  }

  /**
   * The component's name. A field whose name is a word of Java, like {@code wait}, is declared with an underscore
   * behind it.
   */
  static String name(RecordComponent component) {
    String name = component.getName();
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  List<String> names() {
    return names;
  }

  List<FieldType> types() {
    return types;
  }

  /** @throws InvalidInput when the record itself refuses them */
  Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new InvalidInput("", "is not valid");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
