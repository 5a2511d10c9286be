package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Page;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is good for him who got it, where he got it, and nobody can make one. */
@OnLocal
final class CursorsTest {
  private static final long SEED = 20261121;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final User ada;
  private final User grace;
  private final User mary;
  private final Page page;
  private final Page inbox;

  CursorsTest(Deployment deployment) {
    Talks talks = deployment.once(Talks.class, Talks::happen);
    this.ada = talks.ada();
    this.grace = talks.grace();
    this.mary = talks.mary();
    this.page = ada.read("with", grace.name(), "limit", "2");
    this.inbox = ada.read("limit", "2");
  }

  /** Ada talks with both. */
  private record Talks(User ada, User grace, User mary) {
    static Talks happen(Deployment deployment) {
      Talks talks = new Talks(User.create(deployment), User.create(deployment), User.create(deployment));
      for (int i = 0; i < 4; i++) {
        talks.ada.say(talks.grace.name(), Secrets.text("to Grace " + i));
        talks.ada.say(talks.mary.name(), Secrets.text("to Mary " + i));
      }
      return talks;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void cursor_ofTheSameUserAndConversation_is200(String direction) {
    assertThat(ada.read("with", grace.name(), direction, cursor(page, direction)).messages()).isNotNull();
    assertThat(ada.read(direction, cursor(inbox, direction)).messages()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void cursor_ofAnotherUser_is400(String direction) {
    isRefused(direction,
        grace.exchange(User.reading("with", ada.name(), direction, cursor(page, direction))));
    isRefused(direction, grace.exchange(User.reading(direction, cursor(inbox, direction))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void cursor_ofAnotherConversation_is400(String direction) {
    isRefused(direction, ada.exchange(User.reading("with", mary.name(), direction, cursor(page, direction))));
    isRefused(direction, ada.exchange(User.reading(direction, cursor(page, direction))));
    isRefused(direction,
        ada.exchange(User.reading("with", grace.name(), direction, cursor(inbox, direction))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void cursor_withACharacterChanged_is400(String direction) {
    String good = cursor(page, direction);
    // Not the last one: some of its bits may mean nothing (RFC 4648, section 3.5).
    IntStream.iterate(0, index -> index < good.length() - 1, index -> index + 3).forEach(index -> {
      char other = good.charAt(index) == 'A' ? 'B' : 'A';
      changed(direction, good.substring(0, index) + other + good.substring(index + 1));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void cursor_cutOrLengthened_is400(String direction) {
    String good = cursor(page, direction);
    IntStream.iterate(1, length -> length < good.length(), length -> length + 5)
      .forEach(length -> changed(direction, good.substring(0, length)));
    changed(direction, good.substring(1));
    changed(direction, good + "A");
    changed(direction, good + "=");
    changed(direction, good + good);
    changed(direction, " " + good);
  }

  @Test
  void cursor_forged_is400() {
    Random random = new Random(SEED);
    String good = page.next();
    for (int i = 0; i < 50; i++) {
      StringBuilder made = new StringBuilder();
      random.ints(good.length(), 0, ALPHABET.length()).forEach(index -> made.append(ALPHABET.charAt(index)));
      changed("before", made.toString());
    }
    changed("before", UUID.randomUUID().toString());
    changed("before", page.ids().getFirst());
    changed("before", "\u0000");
  }

  private static String cursor(Page page, String direction) {
    return direction.equals("before") ? page.next() : page.previous();
  }

  private void changed(String direction, String cursor) {
    isRefused(direction, ada.exchange(User.reading("with", grace.name(), direction, cursor).mistaken()));
  }

  private static void isRefused(String direction, Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(answer.pointers()).containsExactly("/" + direction);
  }
}
