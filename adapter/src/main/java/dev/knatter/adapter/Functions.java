package dev.knatter.adapter;

import java.util.List;
import java.util.function.Function;

import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;

/**
 * Spring Cloud Function's catalog without an ApplicationContext. Names are looked up here, once, at start: a lookup by
 * a caller's text would let him compose functions (CVE-2026-40989, CVE-2026-40990), and the sole registered function
 * answers to any name.
 */
final class Functions {
  private final SimpleFunctionRegistry registry;

  Functions(List<? extends Endpoint<?>> endpoints) {
    registry = new SimpleFunctionRegistry(new GenericConversionService(),
        new CompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
        new NoMapper());
    endpoints.forEach(this::register);
    List<String> names = endpoints.stream().map(endpoint -> endpoint.route().function()).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("Two endpoints name the same function: " + names);
    }
  }

  private void register(Endpoint<?> endpoint) {
    ResolvableType input = ResolvableType.forClassWithGenerics(Message.class, endpoint.route().input());
    ResolvableType output = ResolvableType.forClassWithGenerics(Message.class, Object.class);
    registry
      .register(new FunctionRegistration<Function<?, ?>>(endpoint.function(), endpoint.route().function())
        .type(ResolvableType.forClassWithGenerics(Function.class, input, output).getType()));
  }

  /** The function's handle. Input arrives bound and output leaves as it is: the catalog converts neither. */
  Function<Message<?>, Message<?>> lookup(String name) {
    FunctionInvocationWrapper handle = registry.lookup(Function.class, name);
    if (handle == null || !handle.getFunctionDefinition().equals(name)) {
      throw new IllegalStateException("The catalog has no function " + name);
    }
    handle.setSkipInputConversion(true);
    handle.setSkipOutputConversion(true);
    return input -> {
      if (handle.apply(input) instanceof Message<?> answer) {
        return answer;
      }
      throw new IllegalStateException("The function " + name + " has answered without a message");
    };
  }
}
