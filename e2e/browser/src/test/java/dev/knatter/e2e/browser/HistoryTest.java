package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Scrolling through more messages than are drawn at a time. */
@NeedsChromium
@Inside
@OnLocal
final class HistoryTest {
  private static final int MESSAGES = 320;
  private static final double STILL = 2;

  private final Person ada;
  private final User grace;

  HistoryTest(Deployment deployment) {
    this.grace = User.create(deployment); // first: if it fails, nobody would close the browser
    this.ada = Person.registered(deployment);
  }

  @Test
  void history_bothWays_hasEveryMessageAndDoesNotJump() {
    try (ada) {
      for (int i = 0; i < MESSAGES; i++) {
        grace.say(ada.name(), "number " + i);
      }
      ada.open(grace.name());
      Person.patiently()
        .untilAsserted(() -> assertThat(ada.texts()).last().isEqualTo("number " + (MESSAGES - 1)));

      while (!ada.texts().getFirst().equals("number 0")) {
        scroll("0", "first");
      }
      assertThat(ada.texts()).hasSizeLessThanOrEqualTo(150);
      assertThat(ada.find("#messages > .hint").getText())
        .isEqualTo("This is the beginning of the conversation.");

      while (!ada.texts().getLast().equals("number " + (MESSAGES - 1))) {
        scroll("list.scrollHeight", "last");
      }
      List<String> shown = ada.texts();
      for (int i = 0; i < shown.size(); i++) {
        assertThat(shown.get(i)).isEqualTo("number " + (MESSAGES - shown.size() + i));
      }

      scroll("0", "first");
      ada.say("I have read it all");
      Person.patiently()
        .untilAsserted(() -> assertThat(ada.texts()).last().isEqualTo("I have read it all"));
    }
  }

  /** Scrolls to an end of what is drawn. What is seen there stays when more is drawn beyond it. */
  private void scroll(String top, String which) {
    String before = end(which);
    double place = place("const list = document.getElementById('messages'); list.scrollTop = " + top + ";",
        before);
    Person.patiently().untilAsserted(() -> assertThat(end(which)).isNotEqualTo(before));
    assertThat(place("", before)).as(before).isBetween(place - STILL, place + STILL);
  }

  private String end(String which) {
    return which.equals("first") ? ada.texts().getFirst() : ada.texts().getLast();
  }

  /** Where a text is on the page, after a script. */
  private double place(String script, String text) {
    return ((Number) Objects.requireNonNull(ada.script(script + PLACE, text))).doubleValue();
  }

  private static final String PLACE = """
      return [...document.querySelectorAll('#messages .text')].find(text => text.textContent === arguments[0])
        .getBoundingClientRect().top;
      """;
}
