package dev.knatter.e2e.keycloak;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.knatter.adapter.Endpoint;
import dev.knatter.e2e.browser.Chromium;
import dev.knatter.functions.account.AccountEndpoints;
import dev.knatter.functions.conversations.ConversationsEndpoints;
import dev.knatter.functions.logout.LogoutEndpoints;
import dev.knatter.functions.messages.MessagesEndpoints;
import dev.knatter.functions.web.WebEndpoints;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The chat page in a browser, beside the functions that it needs to log somebody in. */
final class SignInPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver browser = Chromium.start();
  private final URI page;

  SignInPage(URI page) {
    this.page = page;
    open();
  }

  static List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard) {
    return Stream
      .of(WebEndpoints.endpoints(env), AccountEndpoints.endpoints(env, stores, guard),
          ConversationsEndpoints.endpoints(env, stores, guard),
          MessagesEndpoints.endpoints(env, stores, guard),
          LogoutEndpoints.endpoints(env, stores, guard))
      .<Endpoint<?>>flatMap(List::stream)
      .toList();
  }

  /** Loads the page. What its scripts had in memory is gone. */
  void open() {
    browser.get(page.toString());
  }

  WebElement find(String selector) {
    return await().atMost(PATIENCE)
      .until(() -> browser.findElements(By.cssSelector(selector)).stream().findFirst(), Optional::isPresent)
      .orElseThrow();
  }

  void press(String button) {
    await().atMost(PATIENCE)
      .until(() -> browser.findElements(By.tagName("button"))
        .stream()
        .filter(each -> each.isDisplayed() && each.getText().equals(button))
        .findFirst(), Optional::isPresent)
      .orElseThrow()
      .click();
  }

  /** The address and what scripts of later could read. */
  String leftBehind() {
    return browser.getCurrentUrl()
        + browser.executeScript(
            "return document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
  }

  @Override
  public void close() {
    browser.quit();
  }
}
