package dev.knatter.adapter.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

/**
 * The components of a record that is written. They are called by reflection, which costs a start nothing; once there
 * were many of them, by method handles, which take a few milliseconds to make and are ten times as fast.
 */
final class Accessors {
  private static final int MANY = 500;
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

  private final String[] names;
  private final Method[] methods;
  /** All, or none yet. */
  private volatile MethodHandle @Nullable [] handles;
  /** By several threads at once: roughly. */
  private int uses;

  Accessors(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    names = new String[components.length];
    methods = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = "\"" + Shape.name(components[i]) + "\":";
      methods[i] = components[i].getAccessor();
      methods[i].setAccessible(true);
    }
  }

  int size() {
    return names.length;
  }

  /** Quoted, and with the colon that follows it. */
  String name(int index) {
    return names[index];
  }

  /** Tells that one more record is written. */
  void used() {
    if (uses < MANY) {
      uses++;
      if (uses == MANY) {
        handles = handles();
      }
    }
  }

  @Nullable
  Object value(int index, Object record) {
    try {
      MethodHandle[] quick = handles;
      return quick == null ? methods[index].invoke(record) : quick[index].invokeExact(record);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private MethodHandle[] handles() {
    MethodHandle[] made = new MethodHandle[methods.length];
    for (int i = 0; i < made.length; i++) {
      try {
        made[i] = MethodHandles.lookup().unreflect(methods[i]).asType(GETTER);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e); // never after setAccessible
      }
    }
    return made;
  }
}
