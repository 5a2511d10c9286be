package dev.knatter.e2e.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The browser of the machine, found on the PATH. Nothing is downloaded. */
public final class Chromium {
  private Chromium() {}

  static boolean isThere() {
    return find("chromium").isPresent() && find("chromedriver").isPresent();
  }

  /** Starts a browser of its own, with nothing kept from others. */
  public static ChromeDriver start() {
    ChromeDriverService service = new ChromeDriverService.Builder()
      .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
      .build();
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find("chromium").orElseThrow().toFile());
    options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-dev-shm-usage", "--lang=en-GB",
        "--window-size=1200,800");
    options.setCapability("goog:loggingPrefs", logs);
    options.setExperimentalOption("prefs", Map.of("credentials_enable_service", false));
    return new ChromeDriver(service, options);
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
      .map(folder -> Path.of(folder, program))
      .filter(Files::isExecutable)
      .findFirst();
  }
}
