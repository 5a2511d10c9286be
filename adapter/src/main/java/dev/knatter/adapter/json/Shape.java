package dev.knatter.adapter.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a record looks like as an input: which fields it has, in order, and how it is made of their values. */
final class Shape {
  private final List<String> names = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Constructor<?> constructor;

  Shape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
      names.add(name(components[i]));
      slots.add(Slot.of(components[i].getGenericType()));
    }
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // each record has it
    }
    constructor.setAccessible(true);
  }

  /**
   * Its own, without the underscore behind one that Java refuses, like wait_. An annotation could say it, too, but whoever
   * reads one makes a class for it, at each start.
   */
  static String name(RecordComponent component) {
    String name = component.getName();
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  List<String> names() {
    return names;
  }

  List<Slot> slots() {
    return slots;
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
