package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;

/** Makes the pictures of the README. {@code -Dknatter.pictures=FOLDER} says where; CONTRIBUTING.md says how to renew them. */
@NeedsChromium
@Inside
@OnLocal
final class PicturesTest {
  private static final Path FOLDER = Path.of(System.getProperty("knatter.pictures", "target/pictures"));

  private final Deployment deployment;

  PicturesTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void page_inLightAndDark() {
    User grace = registered("grace");
    User linus = registered("linus");
    try (Person ada = Person.registered(deployment, "ada")) {
      linus.say(ada.name(), "The release is out. Thank you all.");
      grace.say(ada.name(), "Did the engine compute the Bernoulli numbers?");
      ada.open(grace.name());
      ada.say("All of them. One card was punched twice, but that is another story.");
      ada.awaitMark("Sent");
      grace.say(ada.name(), "A nanosecond of wire for you, then.");
      ada.act("A nanosecond", "Reply");
      ada.say("I shall wear it as a bracelet.");
      Person.patiently().untilAsserted(() -> assertThat(ada.texts()).hasSize(4));
      ada.awaitMark("Sent");
      ada.inDark(false);
      ada.picture(FOLDER.resolve("page-light.png"));
      ada.inDark(true);
      ada.picture(FOLDER.resolve("page-dark.png"));
    }
    assertThat(FOLDER.resolve("page-light.png")).isNotEmptyFile();
    assertThat(FOLDER.resolve("page-dark.png")).isNotEmptyFile();
  }

  private User registered(String name) {
    String password = Secrets.text(name);
    assertThat(Client.exchange(deployment, User.registration(name, password)).status()).isEqualTo(201);
    return User.login(deployment, name, password);
  }
}
