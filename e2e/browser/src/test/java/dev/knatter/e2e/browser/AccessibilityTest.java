package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** What axe-core, which knows WCAG, finds in each view, in light and dark, on a telephone and a computer. */
@NeedsChromium
@Inside
@OnLocal
final class AccessibilityTest {
  private static final String AXE = axe();
  private static final String RUN = """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
        .filter(violation => ['serious', 'critical'].includes(violation.impact))
        .map(violation => violation.id + ': ' + violation.nodes.map(node => node.html.slice(0, 200)).join(' | '))));
      """;

  private final Deployment deployment;

  AccessibilityTest(Deployment deployment) {
    this.deployment = deployment;
  }

  private static String axe() {
    try (InputStream in = AccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void view_hasNoSeriousBarrier() {
    User grace = User.create(deployment);
    try (Person ada = Person.at(deployment, User.freeName())) {
      hasNoBarrier(ada, "login");
    }
    try (Person ada = Person.registered(deployment)) {
      grace.say(ada.name(), "Hello @" + ada.name() + ", see https://example.com/");
      ada.open(grace.name());
      ada.say("Good evening");
      ada.awaitMark("Sent");
      grace.say(ada.name(), "שלום");
      hasNoBarrier(ada, "conversation");
      ada.act("Good evening", "Reply");
      hasNoBarrier(ada, "reply");
      ada.script("document.querySelector('#messages .mine .act').click()");
      hasNoBarrier(ada, "menu");
      ada.script("document.querySelector('#composer').focus()");
      ada.button("Details").click();
      ada.button("Block");
      hasNoBarrier(ada, "person");
      ada.find("dialog button[aria-label=Close]").click();
      ada.find("button[aria-label=Settings]").click();
      ada.find("#field-phoneNumber");
      hasNoBarrier(ada, "settings");
    }
  }

  private static void hasNoBarrier(Person person, String view) {
    person.script(AXE);
    for (boolean dark : List.of(false, true)) {
      for (boolean telephone : List.of(false, true)) {
        person.inDark(dark);
        person.onTelephone(telephone);
        assertThat((List<?>) person.scriptThatCalls(RUN))
          .as("%s, dark: %s, telephone: %s", view, dark, telephone)
          .isEmpty();
      }
    }
    person.inDark(false);
    person.onTelephone(false);
  }
}
