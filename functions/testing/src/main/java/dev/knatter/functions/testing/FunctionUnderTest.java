package dev.knatter.functions.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A function that a test class calls over HTTP. The class gets stores of its own, an installation on them, and a pod that
 * serves the function. After each test it makes both stores reachable again.
 *
 * <pre>{@code @RegisterExtension static final FunctionUnderTest function = new FunctionUnderTest("/v1/edit", EditEndpoints::endpoints);}</pre>
 */
public final class FunctionUnderTest implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final String path;
  private final Endpoints endpoints;
  private final RealStores realStores = RealStores.ofProduct();
  private final Random random = new Random();
  private @Nullable Opened opened;

  private record Opened(Path keys, Installation installation, Pod pod, TestMessages messages,
      Map<String, Identity> users) {}

  /** @param path the path with which the targets of all requests begin */
  public FunctionUnderTest(String path, Endpoints endpoints) {
    this.path = path;
    this.endpoints = endpoints;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    realStores.beforeAll(context);
    Path keys = Files.createTempDirectory("keys");
    Installation installation = Installation.on(realStores, keys);
    opened = new Opened(keys, installation, installation.start(endpoints), new TestMessages(installation),
        new HashMap<>());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    restoreStores();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    try {
      if (opened != null) {
        opened.messages().close();
        opened.pod().close();
        opened.installation().close();
        delete(opened.keys());
      }
    } finally {
      realStores.afterAll(context);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The stores as the test sees them. It can cut them off, and look into them without the product. */
  public RealStores realStores() {
    return realStores;
  }

  /** Makes both stores reachable again, and waits until the installation and the pod can use them. */
  public void restoreStores() {
    realStores.cassandra().restore();
    realStores.redis().restore();
    installation().awaitStores(pod());
  }

  public Installation installation() {
    return opened().installation();
  }

  /** The installation's own clients of the stores. */
  public Stores stores() {
    return installation().stores();
  }

  private Pod pod() {
    return opened().pod();
  }

  public TestMessages messages() {
    return opened().messages();
  }

  public Identity ada() {
    return user("ada");
  }

  public Identity grace() {
    return user("grace");
  }

  /** Somebody who has no conversation with the others. */
  public Identity stranger() {
    return user("stranger");
  }

  /** All tests of the class share a user. The first test that asks for the user registers them. */
  private Identity user(String name) {
    return opened().users().computeIfAbsent(name, installation()::register);
  }

  /** Registers a user whom no other test knows. Their name begins with the given one. */
  public Identity register(String name) {
    return installation().register(name + "-" + Long.toHexString(random.nextLong()));
  }

  /** Stores a message from Ada to Grace. */
  public Message sent(String content) {
    return messages().send(ada(), grace(), content);
  }

  /**
   * Sends a GET for a user.
   *
   * @param more what the target has after the function's path
   */
  public Answer get(Identity caller, String more) {
    return pod().get(path + more, "Authorization", installation().authorization(caller));
  }

  /**
   * Sends a POST for a user to the function's path.
   *
   * @param body    see {@link Pod#send}
   * @param headers names and values, alternating
   */
  public Answer post(Identity caller, Object body, String... headers) {
    return send(caller, "POST", "", body, headers);
  }

  /**
   * Sends a request for a user.
   *
   * @param more    what the target has after the function's path
   * @param body    see {@link Pod#send}
   * @param headers names and values, alternating
   */
  public Answer send(Identity caller, String method, String more, Object body, String... headers) {
    String[] all = Stream
      .concat(Stream.of("Authorization", installation().authorization(caller)), Stream.of(headers))
      .toArray(String[]::new);
    return pod().send(method, path + more, body, all);
  }

  private Opened opened() {
    if (opened == null) {
      throw new IllegalStateException("Register this extension in a static field");
    }
    return opened;
  }
}
