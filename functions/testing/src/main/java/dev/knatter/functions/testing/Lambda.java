package dev.knatter.functions.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * A function on AWS Lambda behind an API gateway, by Spring Cloud Function's own adapter and with no cloud: proves that
 * a function needs nothing of the adapter it normally runs on.
 */
public final class Lambda {
  /** The bean's name, which is what the catalog finds a function by. */
  private static final String FUNCTION = "function";
  private static final JsonMapper JSON = new JsonMapper();
  private static @Nullable FunctionRegistration<?> deploying;

  private final FunctionInvoker invoker;

  private Lambda(FunctionInvoker invoker) {
    this.invoker = invoker;
  }

  /** Deploys the very object that is served elsewhere. */
  public static synchronized <I> Lambda deploy(Class<I> input,
      Function<Message<I>, Message<?>> function) {
    ResolvableType in = ResolvableType.forClassWithGenerics(Message.class, input);
    ResolvableType out = ResolvableType.forClassWithGenerics(Message.class, Object.class);
    deploying = new FunctionRegistration<Function<Message<I>, Message<?>>>(function, FUNCTION)
      .type(ResolvableType.forClassWithGenerics(Function.class, in, out).getType());
    System.setProperty("MAIN_CLASS", Application.class.getName());
    return new Lambda(new FunctionInvoker(FUNCTION));
  }

  /** What the gateway gets to answer. */
  public record Answer(int status, JsonNode body, JsonNode headers) {}

  /** A POST as the gateway hands it on (payload format 1.0). */
  public Answer post(String path, Map<String, String> headers, String body) {
    byte[] event = JSON.writeValueAsBytes(
        Map.of("httpMethod", "POST", "path", path, "headers", headers, "body", body, "isBase64Encoded",
            false));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      invoker.handleRequest(new ByteArrayInputStream(event), output, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode answer = JSON.readTree(output.toByteArray());
    return new Answer(answer.path("statusCode").asInt(), JSON.readTree(answer.path("body").asString()),
        answer.path("headers"));
  }

  /** What the adapter starts: a Spring application with one function and nothing else. */
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
