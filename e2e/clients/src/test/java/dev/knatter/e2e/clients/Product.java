package dev.knatter.e2e.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.account.NewAccount;
import dev.knatter.embedded.Ports;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.testing.RealStores;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole product for a test class, as {@code ./knatter dev} serves it, with an unreliable proxy in front. */
public final class Product implements BeforeAllCallback, AfterAllCallback {
  public static final String OPERATOR = "operator";
  public static final String PASSWORD = "correct horse";

  private final RealStores stores = RealStores.ofProduct();
  private @Nullable Local local;
  private @Nullable UnreliableProxy proxy;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    stores.beforeAll(context);
    Map<String, String> env = new HashMap<>(stores.env());
    env.put("KNATTER_OPERATORS", OPERATOR);
    Path data = Files.createTempDirectory("knatter-product");
    local = Local.start(new LocalSettings(Ports.freePair(), data, env), /* fresh= */ true, _ -> {});
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(local::ready);
    proxy = new UnreliableProxy(local.uri());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (proxy != null) {
      proxy.close();
    }
    if (local != null) {
      local.close();
    }
    stores.afterAll(context);
  }

  public RealStores stores() {
    return stores;
  }

  public UnreliableProxy proxy() {
    if (proxy == null) {
      throw new IllegalStateException("Register this extension in a static field");
    }
    return proxy;
  }

  /** Without the proxy. */
  public String address() {
    if (local == null) {
      throw new IllegalStateException("Register this extension in a static field");
    }
    return local.uri().toString();
  }

  /** Registers somebody, and returns their name. */
  public String register() {
    String name = newName();
    register(name);
    return name;
  }

  /** A username that nobody has. */
  public static String newName() {
    return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }

  public void register(String name) {
    try (KnatterClient client = KnatterClient.at(address())) {
      client.accounts().register(new NewAccount(name, PASSWORD));
    }
  }

  /** A client of somebody who is logged in, without the proxy. */
  public KnatterClient client(String name) {
    KnatterClient client = KnatterClient.at(address());
    client.login(name, PASSWORD);
    return client;
  }
}
