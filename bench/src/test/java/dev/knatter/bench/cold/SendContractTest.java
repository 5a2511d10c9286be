package dev.knatter.bench.cold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import dev.knatter.bench.floor.Floor;
import dev.knatter.bench.setup.History;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.shared.token.KeyFiles;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class SendContractTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Map<String, String> environment = new HashMap<>();
  private static TestUsers users;
  private static SendContract contract;

  @BeforeAll
  static void open(@TempDir Path keys) throws IOException, InterruptedException {
    KeyFiles.write(keys.resolve("keys"));
    environment.putAll(stores.env());
    environment.put("KNATTER_JWKS_FILE", keys.resolve("keys/jwks.json").toString());
    environment.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("keys/signing-key.json").toString());
    environment.put("KNATTER_HOST", "127.0.0.1");
    environment.put("PORT", "0");
    Env env = Env.of(environment);
    SchemaMain.apply(env);
    users = new TestUsers(System.currentTimeMillis());
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC())) {
      new History(cassandra).write(users);
    }
    contract = new SendContract(env, users);
  }

  @AfterAll
  static void close() {
    contract.close();
  }

  @Test
  void check_ofTheFloor_passes() throws IOException {
    try (Floor floor = Floor.start(environment)) {
      contract.check(floor.port());
    }
  }

  @Test
  void check_ofTheFloorWithoutRedis_stillStores() throws IOException {
    Map<String, String> alone = new HashMap<>(environment);
    alone.put("KNATTER_REDIS_URL", "redis://127.0.0.1:1");
    try (Floor floor = Floor.start(alone)) {
      contract.check(floor.port());
    }
  }

  @Test
  void check_ofAServerThatSaysTheRightThingsAndStoresNothing_fails() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Iterator<Integer> statuses = List.of(401, 401, 400, 400, 201, 201).iterator();
    server.createContext("/", exchange -> {
      byte[] body = "{\"id\": \"%s\", \"content\": \"%s\"}"
        .formatted(Uuid7.floor(users.since()), TestUsers.CONTENT)
        .getBytes(UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(statuses.next(), body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      assertThatIllegalStateException().isThrownBy(() -> contract.check(server.getAddress().getPort()))
        .withMessageEndingWith("is not stored.");
    } finally {
      server.stop(0);
    }
  }
}
