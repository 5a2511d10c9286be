package dev.knatter.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.User;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Somebody at a browser of their own, who uses the page by what they see there. */
final class Person implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  /** What a browser reports where the page does what it must not. */
  private static final List<String> VIOLATIONS = List.of("Content Security Policy", "TrustedHTML",
      "Trusted Type",
      "Uncaught");

  private final ChromeDriver browser;
  private final URI page;
  private final String name;

  private Person(ChromeDriver browser, URI page, String name) {
    this.browser = browser;
    this.page = page;
    this.name = name;
  }

  /** Opens the page with nobody logged in. */
  static Person at(Deployment deployment, String name) {
    Person person = new Person(Chromium.start(), deployment.pod("/").uri("/"), name);
    person.reload();
    return person;
  }

  /** Registers in the page, under a name that nobody has. */
  static Person registered(Deployment deployment) {
    return registered(deployment, User.freeName());
  }

  /** @param name that nobody has */
  static Person registered(Deployment deployment, String name) {
    Person person = at(deployment, name);
    person.button("You have no account? Create one.").click();
    person.fillAndSubmit("Create an account");
    return person;
  }

  /** The same person with a second browser. */
  Person atAnotherBrowser(Deployment deployment) {
    Person again = at(deployment, name);
    again.fillAndSubmit("Log in");
    return again;
  }

  private void fillAndSubmit(String button) {
    find("#field-username").sendKeys(name);
    find("#field-password").sendKeys(password());
    button(button).click();
    awaitLive();
  }

  String name() {
    return name;
  }

  String password() {
    return Secrets.text(name);
  }

  /** Opens the page in a tab more, and goes on there. */
  void tab() {
    browser.switchTo().newWindow(WindowType.TAB);
    reload();
    awaitLive();
  }

  void reload() {
    browser.get(page.toString());
  }

  /** Loads the same address again, which names the open conversation. */
  void refresh() {
    browser.navigate().refresh();
  }

  static ConditionFactory patiently() {
    return Awaitility.await()
      .atMost(PATIENCE)
      .pollInterval(Duration.ofMillis(50))
      .ignoreExceptionsInstanceOf(StaleElementReferenceException.class);
  }

  /** Until the page is connected and has caught up. */
  void awaitLive() {
    awaitState("live");
  }

  void awaitState(String state) {
    patiently()
      .untilAsserted(() -> assertThat(all(".layout[data-state=" + state + "]")).as(state).hasSize(1));
  }

  List<WebElement> all(String selector) {
    return browser.findElements(By.cssSelector(selector));
  }

  /** The first such element, as soon as there is one. */
  WebElement find(String selector) {
    return patiently().until(() -> all(selector).stream().findFirst(), Optional::isPresent).orElseThrow();
  }

  /** The visible button with this text, as soon as there is one. */
  WebElement button(String text) {
    return patiently().until(() -> all("button").stream()
      .filter(button -> button.isDisplayed() && button.getText().equals(text))
      .findFirst(), Optional::isPresent).orElseThrow();
  }

  /** Begins a conversation with somebody, as one does the first time. */
  void writeTo(String other) {
    button("New conversation").click();
    find("#field-username").sendKeys(other, Keys.ENTER);
    find("#composer");
  }

  /** Opens one from the list. */
  void open(String conversation) {
    patiently().untilAsserted(() -> assertThat(list()).anyMatch(entry -> entry.startsWith(conversation)));
    patiently().until(() -> {
      all("a.entry").stream()
        .filter(entry -> entry.getText().startsWith(conversation))
        .forEach(WebElement::click);
      return !all("#composer").isEmpty();
    });
  }

  /** The entries of the list, from above: name, time, last message, unread messages. */
  List<String> list() {
    return all("a.entry").stream().map(entry -> entry.getText().replace('\n', ' ')).toList();
  }

  void say(String text) {
    find("#composer").sendKeys(text, Keys.ENTER);
  }

  /** As one does on a telephone, where Enter begins a line. */
  void sayByButton(String text) {
    begin(text);
    button("Send").click();
  }

  /** Takes back a message that is not sent yet. */
  void discard(String text) {
    script("arguments[0].querySelector('[aria-label=Discard]').click()", message(text));
  }

  /** Writes, and does not send. */
  void begin(String text) {
    find("#composer").sendKeys(text);
  }

  /** What is said in the open conversation, in the order that is shown. */
  List<String> texts() {
    return strings(
        "return [...document.querySelectorAll('#messages .message .text')].map(each => each.textContent)");
  }

  /** The messages that are shown as not sent yet. */
  List<String> unsent() {
    return strings(
        "return [...document.querySelectorAll('#messages .unsent .text')].map(each => each.textContent)");
  }

  void awaitTexts(String... texts) {
    patiently().untilAsserted(() -> assertThat(texts()).containsExactly(texts));
  }

  /** Until the last message has this mark: Sent, Read. */
  void awaitMark(String mark) {
    patiently()
      .untilAsserted(() -> assertThat(all("#messages .mine .mark")).last()
        .extracting(shown -> shown.getDomAttribute("aria-label"))
        .isEqualTo(mark));
  }

  /** What is said below the name of the conversation. */
  String status() {
    return find(".conversation .status").getText();
  }

  /** Chooses an action of the message with this text, and then what the menu asks. */
  void act(String text, String... choices) {
    script("arguments[0].querySelector('.act').click()", message(text));
    for (String choice : choices) {
      patiently().until(() -> all(".menu button").stream()
        .filter(button -> button.getText().equals(choice))
        .findFirst(), Optional::isPresent).orElseThrow().click();
    }
    patiently().until(() -> all(".menu").isEmpty());
  }

  WebElement message(String text) {
    return patiently().until(() -> all("#messages .message").stream()
      .filter(message -> message.getText().contains(text))
      .findFirst(), Optional::isPresent).orElseThrow();
  }

  /** All that the browser has kept in its databases, as JSON; empty where it has none. */
  String kept() {
    return String.valueOf(scriptThatCalls(KeptData.SCRIPT));
  }

  @Nullable
  Object script(String code, Object... arguments) {
    return browser.executeScript(code, arguments);
  }

  /** Runs a script that ends by calling its last argument. */
  @Nullable
  Object scriptThatCalls(String code) {
    browser.manage().timeouts().scriptTimeout(PATIENCE);
    return browser.executeAsyncScript(code);
  }

  @SuppressWarnings("unchecked") // a list of strings in JavaScript is one here
  List<String> strings(String code) {
    return (List<String>) Objects.requireNonNull(script(code));
  }

  void inDark(boolean dark) {
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A window of a telephone's size, or of a computer's. */
  void onTelephone(boolean telephone) {
    browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
        Map.of("width", telephone ? 360 : 1200, "height", telephone ? 720 : 800, "deviceScaleFactor", 1,
            "mobile", false));
  }

  void picture(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the browser has reported that the page must not do. */
  List<String> violations() {
    return browser.manage()
      .logs()
      .get(LogType.BROWSER)
      .getAll()
      .stream()
      .map(entry -> entry.getMessage())
      .filter(message -> VIOLATIONS.stream().anyMatch(message::contains))
      .toList();
  }

  @Override
  public void close() {
    try {
      assertThat(violations()).isEmpty();
    } finally {
      quit();
    }
  }

  private void quit() {
    try {
      browser.quit();
    } catch (WebDriverException e) {
      // The browser has ended by itself, which a test would have noticed.
    }
  }
}
