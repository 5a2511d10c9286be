package dev.knatter.functions.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of messages to somebody who does not want them. The block itself is written by a third process. */
final class BlockedTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static final List<Pod> pods = new ArrayList<>();
  private static Installation installation;
  private static Blocks blocks;
  private static Identity ada;
  private static Identity grace;
  private static String conversation = "";

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys);
    blocks = new Blocks(installation.stores().cassandra(),
        new UserInvalidations(installation.stores().redis()));
    for (int i = 0; i < 2; i++) {
      pods.add(installation.start(SendEndpoints::endpoints));
    }
    ada = installation.register("ada");
    grace = installation.register("grace");
  }

  @AfterAll
  static void close() {
    pods.forEach(Pod::close);
    installation.close();
  }

  /** Both processes remember Grace as somebody who has blocked nobody. */
  @BeforeEach
  void remember() {
    for (Pod pod : pods) {
      Answer sent = send(pod, ada, Map.of("to", "grace", "content", "welcome"));
      assertThat(sent.status()).isEqualTo(201);
      conversation = sent.text("conversationId");
      assertThat(send(pod, ada, Map.of("conversationId", conversation, "content", "welcome")).status())
        .isEqualTo(201);
    }
  }

  @AfterEach
  void restore() {
    realStores.redis().restore();
    installation.awaitStores();
    blocks.unblock(grace, ada.userId());
    await().untilAsserted(() -> pods.forEach(pod -> assertThat(
        send(pod, ada, Map.of("to", "grace", "content", "again")).status())
      .isEqualTo(201)));
  }

  private static Answer send(Pod pod, Identity sender, Map<String, String> body) {
    return pod.post("/v1/send", body, "Authorization", installation.authorization(sender));
  }

  private static void isRefusedEverywhere() {
    int before = rows();
    for (Pod pod : pods) {
      for (Map<String, String> body : List.of(Map.of("to", "grace", "content", "psst"),
          Map.of("conversationId", conversation, "content", "psst"))) {
        Answer answer = send(pod, ada, body);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:forbidden");
        assertThat(UUID.fromString(answer.text("clientId")).version()).isEqualTo(7);
      }
    }
    assertThat(rows()).isEqualTo(before);
  }

  /** Of all that a message leaves behind. */
  private static int rows() {
    return Stream.of("timeline", "inbox")
      .mapToInt(table -> realStores.session().execute("SELECT * FROM " + table).all().size())
      .sum();
  }

  @Test
  void block_holdsForEverySendAfterIt() {
    blocks.block(grace, ada.userId());
    isRefusedEverywhere();

    for (Pod pod : pods) {
      assertThat(send(pod, grace, Map.of("to", "ada", "content", "I may")).status()).isEqualTo(201);
      assertThat(send(pod, ada, Map.of("to", "ada", "content", "a note")).status()).isEqualTo(201);
    }
  }

  @Test
  void unblocking_holdsForEverySendAfterIt() {
    blocks.block(grace, ada.userId());
    isRefusedEverywhere();
    blocks.unblock(grace, ada.userId());
    for (Pod pod : pods) {
      assertThat(send(pod, ada, Map.of("to", "grace", "content", "thanks")).status()).isEqualTo(201);
      assertThat(send(pod, ada, Map.of("conversationId", conversation, "content", "thanks")).status())
        .isEqualTo(201);
    }
  }

  @Test
  void block_withRedisAway_holdsForEverySendAfterIt() {
    realStores.redis().cut();
    blocks.block(grace, ada.userId());
    isRefusedEverywhere();
  }

  @Test
  void block_inAProcessThatStartsAfterIt_holds() {
    blocks.block(grace, ada.userId());
    realStores.flushRedis();
    try (Pod fresh = installation.start(SendEndpoints::endpoints)) {
      installation.awaitStores(fresh);
      assertThat(send(fresh, ada, Map.of("to", "grace", "content", "psst")).status()).isEqualTo(403);
      assertThat(send(fresh, ada, Map.of("conversationId", conversation, "content", "psst")).status())
        .isEqualTo(403);
    }
  }
}
