package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Pod;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** The server goes away in the middle, and comes back. */
@NeedsChromium
@Inside
@OnLocal
final class OfflineTest {
  private final Deployment deployment;
  private final User grace;

  OfflineTest(Deployment deployment) {
    this.deployment = deployment.beside("offline-" + User.freeName());
    this.grace = User.create(this.deployment);
  }

  @Test
  void messages_writtenWhileTheServerIsAway_surviveAReloadAndArriveOnceInOrder() {
    try (Person ada = Person.registered(deployment)) {
      ada.writeTo(grace.name());
      ada.say("before");
      ada.awaitMark("Sent");
      awaitWorker(ada);
      Person.patiently().untilAsserted(() -> assertThat(ada.kept()).contains("before"));
      Pod server = deployment.pod("/");
      server.kill();

      ada.say("one");
      ada.say("two");
      ada.awaitState("offline");
      assertThat(ada.find(".banner").getText()).startsWith("You are offline.");
      ada.awaitTexts("before", "one", "two");
      assertThat(ada.unsent()).containsExactly("one", "two");
      ada.say("discarded");
      ada.discard("discarded");
      ada.awaitTexts("before", "one", "two");
      ada.act("before", "Delete", "Delete it for everybody?");
      Person.patiently()
        .untilAsserted(() -> assertThat(ada.find(".notice").getText())
          .isEqualTo("There is no connection to the server."));

      ada.reload();
      ada.open(grace.name());
      ada.awaitTexts("before", "one", "two");
      ada.say("three");
      ada.awaitTexts("before", "one", "two", "three");

      server.restart();
      ada.awaitLive();
      Person.patiently().untilAsserted(() -> assertThat(ada.unsent()).isEmpty());
      assertThat(ada.texts()).containsExactly("before", "one", "two", "three");
      Person.patiently()
        .untilAsserted(() -> assertThat(ada.find("#messages > .hint").getText())
          .isEqualTo("This is the beginning of the conversation."));
      assertThat(grace.read("with", ada.name(), "limit", "100").messages())
        .extracting(message -> message.content())
        .containsExactly("three", "two", "one", "before");
    }
  }

  @Test
  void leaving_whileTheServerIsAway_forgetsAtOnce_andEndsTheSessionWhenItIsBack() {
    try (Person ada = Person.registered(deployment)) {
      ada.writeTo(grace.name());
      ada.say("A secret");
      ada.awaitMark("Sent");
      awaitWorker(ada);
      Person.patiently().untilAsserted(() -> assertThat(ada.kept()).contains("A secret"));
      Pod server = deployment.pod("/");
      server.kill();

      ada.find("button[aria-label=Settings]").click();
      ada.find("#log-out").click();
      ada.find("#leave").click();
      ada.find("#field-password");
      Person.patiently().untilAsserted(() -> assertThat(ada.kept()).isEmpty());

      server.restart();
      ada.reload();
      ada.find("#field-password");
      Person.patiently()
        .until(() -> Boolean.FALSE.equals(
            ada.script("return Object.keys(localStorage).some(key => key.endsWith(' left'))")));
      assertThat(ada.scriptThatCalls("fetch('/v1/refresh', { method: 'POST', body: '{\"cookie\":true}',"
          + " headers: { 'Content-Type': 'application/json' } }).then(answer => arguments[0](answer.status))"))
        .isEqualTo(401L);
    }
  }

  @Test
  void severalTabs_sendEachMessageOnce() {
    try (Person ada = Person.registered(deployment)) {
      ada.writeTo(grace.name());
      ada.say("first");
      ada.awaitMark("Sent");
      for (int tab = 0; tab < 2; tab++) {
        ada.tab();
        ada.open(grace.name());
        ada.say("of tab " + tab);
      }
      Person.patiently().untilAsserted(() -> assertThat(ada.unsent()).isEmpty());
      ada.awaitTexts("first", "of tab 0", "of tab 1");
      assertThat(grace.read("with", ada.name()).messages()).extracting(message -> message.content())
        .containsExactly("of tab 1", "of tab 0", "first");
    }
  }

  /** The page is kept by its worker, which works from the second load on. */
  private static void awaitWorker(Person person) {
    assertThat(person.scriptThatCalls("navigator.serviceWorker.ready.then(() => caches.match('/'))"
        + ".then(kept => arguments[0](kept !== undefined))"))
      .isEqualTo(true);
  }
}
