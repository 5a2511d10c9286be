package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What two people do on the page. */
@NeedsChromium
@Inside
@OnLocal
final class TwoPeopleTest {
  private final Deployment deployment;
  private final Person ada;
  private final Person grace;

  TwoPeopleTest(Deployment deployment) {
    this.deployment = deployment;
    this.ada = Person.registered(deployment);
    this.grace = Person.registered(deployment);
  }

  @AfterEach
  void close() {
    try (ada; grace) {
      // Both are closed, and say what their browsers complained about.
    }
  }

  @Test
  void chat_isLiveWithTypingAndReadMarks() {
    ada.writeTo(grace.name());
    ada.say("Hello, Grace!");
    ada.awaitMark("Sent");
    Person.patiently()
      .untilAsserted(() -> assertThat(grace.list()).singleElement()
        .asString()
        .startsWith(ada.name())
        .contains("Hello, Grace!")
        .endsWith(" 1"));
    Person.patiently()
      .untilAsserted(() -> assertThat(grace.script("return document.title")).isEqualTo("(1) Knatter"));

    grace.open(ada.name());
    grace.awaitTexts("Hello, Grace!");
    ada.awaitMark("Read");
    Person.patiently()
      .untilAsserted(() -> assertThat(grace.list()).singleElement().asString().doesNotEndWith(" 1"));

    grace.begin("I am h");
    Person.patiently().untilAsserted(() -> assertThat(ada.status()).isEqualTo(grace.name() + " is typing…"));
    grace.sayByButton("ere.");
    ada.awaitTexts("Hello, Grace!", "I am here.");
    assertThat(grace.script("return document.activeElement.id")).isEqualTo("composer");
    Person.patiently().untilAsserted(() -> assertThat(ada.status()).isEqualTo("Online"));
  }

  @Test
  void message_isEditedAnsweredReactedToAndDeleted() {
    ada.writeTo(grace.name());
    ada.say("Helo");
    ada.awaitMark("Sent");
    grace.open(ada.name());
    grace.awaitTexts("Helo");

    ada.act("Helo", "Edit");
    ada.find("#composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), "Hello", Keys.ENTER);
    grace.awaitTexts("Hello");
    assertThat(grace.message("Hello").getText()).contains("edited");

    grace.act("Hello", "Reply");
    grace.say("Good evening");
    ada.awaitTexts("Hello", "Good evening");
    assertThat(ada.message("Good evening").getText()).contains("Hello");

    ada.script("arguments[0].querySelector('.act').click()", ada.message("Good evening"));
    ada.find(".menu .emojis button").click();
    Person.patiently()
      .untilAsserted(() -> assertThat(grace.all(".reactions button")).hasSize(1)
        .first()
        .satisfies(reaction -> assertThat(reaction.getText()).isEqualTo("👍 1")));
    grace.find(".reactions button").click();
    Person.patiently()
      .untilAsserted(() -> assertThat(ada.find(".reactions button").getText()).isEqualTo("👍 2"));

    ada.act("Hello", "Delete", "Delete it for everybody?");
    grace.awaitTexts("Message deleted", "Good evening");
    ada.awaitTexts("Message deleted", "Good evening");
  }

  @Test
  void group_isMadeAndItsMembersAreMentionedAndGivenRoles() {
    ada.button("New group").click();
    ada.find("#field-name").sendKeys("Engines");
    ada.find("#field-members").sendKeys(grace.name());
    ada.button("Create").click();
    ada.find("#composer");
    ada.begin("Look, @" + grace.name().substring(0, 4));
    Person.patiently().untilAsserted(() -> assertThat(ada.all(".suggestions li")).hasSize(1));
    ada.find("#composer").sendKeys(Keys.TAB);
    ada.say("here");

    grace.open("Engines");
    grace.awaitTexts("Look, @" + grace.name() + " here");
    assertThat(grace.all("#messages .message.mentioned")).hasSize(1);
    assertThat(grace.status()).isEqualTo("2 members");

    ada.button("Details").click();
    ada.find("select[aria-label='Role of " + grace.name() + "'] option[value=moderator]").click();
    grace.button("Details").click();
    grace.button("Rename");
    ada.find("button[aria-label='Remove " + grace.name() + "']").click();
    Person.patiently().untilAsserted(() -> assertThat(grace.list()).isEmpty());
  }

  @Test
  void keyboard_aloneIsEnough() {
    ada.writeTo(grace.name());
    ada.say("One");
    ada.awaitMark("Sent");
    ada.find("#composer").sendKeys(Keys.ARROW_UP);
    Person.patiently()
      .untilAsserted(() -> assertThat(ada.find("#composer").getDomProperty("value")).isEqualTo("One"));
    ada.find("#composer").sendKeys(" and two", Keys.ENTER);
    ada.awaitTexts("One and two");

    ada.find("#messages").sendKeys(Keys.ARROW_UP);
    ada.find("#messages .message:focus").sendKeys(Keys.ENTER);
    ada.find(".menu button:focus").sendKeys(Keys.ESCAPE);
    ada.find("#messages .message:focus");
    ada.find("#composer").sendKeys(Keys.chord(Keys.CONTROL, "k"));
    ada.find("#search:focus");
  }

  @Test
  void reload_ofAnOpenConversation_showsItAgainAndToItsBeginning() {
    ada.writeTo(grace.name());
    ada.say("Before");
    ada.awaitMark("Sent");
    Person.patiently().untilAsserted(() -> assertThat(ada.kept()).contains("Before"));

    ada.refresh();
    ada.awaitTexts("Before");
    Person.patiently()
      .untilAsserted(() -> assertThat(ada.find("#messages > .hint").getText())
        .isEqualTo("This is the beginning of the conversation."));
  }

  @Test
  void settings_keepWhatIsTypedWhileMessagesCome_andAnErasureForgetsWhatTheBrowserKept() {
    ada.find("button[aria-label=Settings]").click();
    ada.find("#field-displayName").sendKeys("Countess");
    grace.writeTo(ada.name());
    grace.say("A secret");
    Person.patiently().untilAsserted(() -> assertThat(ada.kept()).contains("A secret"));
    assertThat(ada.find("#field-displayName").getDomProperty("value")).isEqualTo("Countess");

    ada.find("dialog summary").click();
    ada.find("#field-name").sendKeys(ada.name());
    ada.find("#field-password").sendKeys(ada.password());
    ada.find("dialog button.danger").click();
    ada.find(".login #field-username");
    Person.patiently().untilAsserted(() -> assertThat(ada.kept()).isEmpty());
  }

  /** Logging out on one device shows on the other. */
  @Test
  void logoutElsewhere_endsThePageAndForgetsWhatItKept() {
    ada.writeTo(grace.name());
    ada.say("A secret");
    ada.awaitMark("Sent");
    Person.patiently().untilAsserted(() -> assertThat(ada.kept()).contains("A secret"));
    try (Person telephone = ada.atAnotherBrowser(deployment)) {
      telephone.find("button[aria-label=Settings]").click();
      telephone.button("Log out everywhere").click();
      telephone.find("#field-password");
      Person.patiently().untilAsserted(() -> assertThat(telephone.kept()).isEmpty());
    }
    ada.find("#field-password");
    assertThat(ada.all(".message")).isEmpty();
    assertThat(ada.script("return location.hash")).as("where the next user begins").isEqualTo("");
    Person.patiently().untilAsserted(() -> assertThat(ada.kept()).doesNotContain("A secret"));
    ada.reload();
    ada.find("#field-password");
  }

  @Test
  void token_isNowhereThatScriptsOfLaterCanRead() {
    assertThat(ada.script("return document.cookie")).isEqualTo("");
    assertThat(ada.strings("return Object.values(localStorage).concat(Object.values(sessionStorage))"))
      .noneMatch(value -> value.contains("eyJ"));
    ada.reload();
    ada.awaitLive();
  }
}
