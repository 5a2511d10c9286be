package dev.knatter.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.functions.testing.TestGroups;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a group that keeps them for two days. */
final class RetentionTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final int DAYS = 2;
  private static final int DAY = 86_400;

  private static Installation installation;
  private static Pod pod;
  private static Identity ada;
  private static UUID group;

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(SendEndpoints::endpoints);
    ada = installation.register("ada");
    group = TestGroups.create(installation, ada, List.of(installation.register("grace").userId()), DAYS);
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  private static Answer send(Map<String, String> more, String... headers) {
    Map<String, String> body = new HashMap<>(more);
    body.put("conversationId", group.toString());
    body.put("content", "hello");
    List<String> all = new ArrayList<>(List.of("Authorization", installation.authorization(ada)));
    all.addAll(List.of(headers));
    return pod.post("/v1/send", body, all.toArray(String[]::new));
  }

  private static List<Integer> lives(String table, String column) {
    return stores.session()
      .execute("SELECT TTL(" + column + ") AS ttl FROM " + table)
      .all()
      .stream()
      .map(row -> row.getInt("ttl"))
      .toList();
  }

  @Test
  void message_livesForTheDaysOfItsGroup_andReferencesADayLonger() {
    assertThat(send(Map.of()).status()).isEqualTo(201);
    assertThat(lives("timeline", "content")).isNotEmpty()
      .allSatisfy(life -> assertThat(life).isBetween((DAYS - 1) * DAY, DAYS * DAY));
    assertThat(lives("inbox", "id")).isNotEmpty()
      .allSatisfy(life -> assertThat(life).isBetween(DAYS * DAY, (DAYS + 1) * DAY));
  }

  @Test
  void clientIdThatIsOlder_isExpired() {
    UUID old = Uuid7.floor(Clock.systemUTC().millis() - Duration.ofDays(DAYS).toMillis() - 1_000);
    Answer inBody = send(Map.of("clientId", old.toString()));
    assertThat(inBody.status()).isEqualTo(422);
    assertThat(inBody.text("type")).isEqualTo("urn:knatter:problem:expired");
    assertThat(inBody.text("clientId")).isEqualTo(old.toString());
    assertThat(send(Map.of(), "Idempotency-Key", "\"" + old + "\"").text("type"))
      .isEqualTo("urn:knatter:problem:expired");
  }
}
