package dev.knatter.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.FunctionRegistry;
import org.springframework.messaging.Message;

/**
 * A catalog of Spring Cloud Function that holds functions by name. SimpleFunctionRegistry, which Spring Cloud Function brings,
 * also composes functions and converts their input and output. Here a route names one function, and the adapter has bound the
 * input before. (Where a caller's text reached a lookup, a caller could compose functions: CVE-2026-40989, CVE-2026-40990.
 * Here every name is looked up once, at start.)
 */
final class Functions implements FunctionRegistry {
  private final Map<String, FunctionRegistration<?>> registered = new HashMap<>();

  Functions(List<? extends Endpoint<?>> endpoints) {
    for (Endpoint<?> endpoint : endpoints) {
      register(new FunctionRegistration<Function<?, ?>>(endpoint.function(), endpoint.route().function()));
    }
  }

  @Override
  public <T> void register(FunctionRegistration<T> registration) {
    for (String name : registration.getNames()) {
      if (registered.put(name, registration) != null) {
        throw new IllegalArgumentException("Two endpoints name the same function: " + name);
      }
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as it is overridden
  public <T> @Nullable T lookup(@Nullable Class<?> type, String name, String... mediaTypes) {
    FunctionRegistration<?> registration = registered.get(name);
    return registration == null ? null : (T) registration.getTarget();
  }

  @Override
  public Set<String> getNames(@Nullable Class<?> type) {
    return Set.copyOf(registered.keySet());
  }

  /** The function itself. Input arrives bound and output leaves as it is. */
  Function<Message<?>, Message<?>> handle(String name) {
    Function<Message<?>, @Nullable Object> function = lookup(Function.class, name);
    if (function == null) {
      throw new IllegalStateException("The catalog has no function " + name);
    }
    return input -> {
      if (function.apply(input) instanceof Message<?> answer) {
        return answer;
      }
      throw new IllegalStateException("The function " + name + " has answered without a message");
    };
  }
}
