package dev.knatter.local.knative;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import org.jspecify.annotations.Nullable;

/** Names in a resource that the model has no place for. It puts them aside, at any depth, where nobody looks. */
final class UnknownFields {
  private final List<String> names = new ArrayList<>();

  private UnknownFields() {}

  static List<String> of(KubernetesResource resource) throws ReflectiveOperationException {
    UnknownFields unknown = new UnknownFields();
    unknown.visit(resource);
    return unknown.names;
  }

  private void visit(@Nullable Object value) throws ReflectiveOperationException {
    if (value instanceof Collection<?> values) {
      for (Object each : values) {
        visit(each);
      }
    } else if (value instanceof KubernetesResource) {
      for (Method getter : value.getClass().getMethods()) {
        if (getter.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) getter.invoke(value)).keySet().forEach(name -> names.add(name.toString()));
        } else if (isGetter(getter)) {
          visit(getter.invoke(value));
        }
      }
    }
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get") && method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers());
  }
}
