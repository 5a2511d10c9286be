package dev.knatter.functions.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a function as AWS Lambda would behind an API gateway, with Spring Cloud Function's own adapter and without a
 * cloud. It proves that a function does not depend on our adapter.
 */
public final class Lambda {
  /** The bean's name, by which the catalog finds the function. */
  private static final String FUNCTION = "function";
  private static final JsonMapper JSON = new JsonMapper();
  private static @Nullable FunctionRegistration<?> deploying;

  private final FunctionInvoker invoker;

  private Lambda(FunctionInvoker invoker) {
    this.invoker = invoker;
  }

  /** Deploys a function object. */
  public static synchronized <I> Lambda deploy(Class<I> input,
      Function<Message<I>, Message<?>> function) {
    ResolvableType in = ResolvableType.forClassWithGenerics(Message.class, input);
    ResolvableType out = ResolvableType.forClassWithGenerics(Message.class, Object.class);
    deploying = new FunctionRegistration<Function<Message<I>, Message<?>>>(function, FUNCTION)
      .type(ResolvableType.forClassWithGenerics(Function.class, in, out).getType());
    System.setProperty("MAIN_CLASS", Application.class.getName());
    return new Lambda(new FunctionInvoker(FUNCTION));
  }

  /** The answer that the gateway gets. */
  public record Answer(int status, JsonNode body, JsonNode headers) {}

  /** Sends a POST as the gateway would (payload format 1.0). */
  public Answer post(String path, Map<String, String> headers, String body) {
    byte[] event = JSON.writeValueAsBytes(
        Map.of("httpMethod", "POST", "path", path, "headers", headers, "body", body, "isBase64Encoded",
            false));
    JsonNode answer = JSON.readTree(invoke(event));
    return new Answer(answer.path("statusCode").asInt(), JSON.readTree(answer.path("body").asString()),
        answer.path("headers"));
  }

  /** Sends an event, not through the gateway: its attributes as headers, and its data. Returns what the function does. */
  public String event(Map<String, String> headers, String data) {
    byte[] event = JSON.writeValueAsBytes(Map.of("headers", headers, "payload", data));
    return new String(invoke(event), StandardCharsets.UTF_8);
  }

  private byte[] invoke(byte[] event) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      invoker.handleRequest(new ByteArrayInputStream(event), output, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toByteArray();
  }

  /** The Spring application that the adapter starts. It has one function and nothing else. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration(ContextFunctionCatalogAutoConfiguration.class)
  public static class Application {
    @Bean(FUNCTION)
    FunctionRegistration<?> function() {
      if (deploying == null) {
        throw new IllegalStateException("Nothing is deployed");
      }
      return deploying;
    }
  }
}
