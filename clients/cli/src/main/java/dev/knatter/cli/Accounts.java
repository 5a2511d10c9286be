package dev.knatter.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.knatter.client.http.Json;
import dev.knatter.client.http.PrivateFiles;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Whose sessions this user of the machine has: a folder for each account in the folder of configuration
 * (<a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG</a>), which nobody else can read.
 */
final class Accounts {
  private static final String USERNAME = "[a-z0-9][a-z0-9._-]{2,31}";
  private static final int HIGHEST_PORT = 65_535;

  private final Path folder;
  private final String local;

  /**
   * An account of an installation.
   *
   * @param url of the installation
   */
  record Account(String url, String username) {}

  Accounts(Map<String, String> env) {
    String home = env.getOrDefault("HOME", System.getProperty("user.home"));
    String config = env.getOrDefault("XDG_CONFIG_HOME", "");
    this.folder = (Path.of(config).isAbsolute() ? Path.of(config) : Path.of(home, ".config"))
      .resolve("knatter");
    this.local = "http://127.0.0.1:" + env.getOrDefault("KNATTER_PORT", "8080");
  }

  /** The address to use: the given one, that of the last login, or that of ./knatter dev. */
  String url(@Nullable String given) {
    String url = given != null ? given : last().map(Account::url).orElse(local);
    String address = url.replaceAll("/+$", "");
    if (!address.matches("https?://[^/?#@\\s]+")) {
      throw new WrongUseException("An address is like https://chat.example.com, and this is not: " + url);
    }
    if (!canBeConnectedTo(address)) {
      throw new WrongUseException("The host or the port of this address is not valid"
          + " (hosts have letters, digits, dots and hyphens): " + url);
    }
    return address;
  }

  private static boolean canBeConnectedTo(String address) {
    try {
      URI uri = new URI(address);
      return uri.getHost() != null && uri.getPort() <= HIGHEST_PORT;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether nobody on the way to an installation can read along: by https, or on this machine. */
  static boolean isPrivate(String url) {
    return url.startsWith("https:") || url.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?");
  }

  /** The account to use: of the given name, or that of the last login there. */
  Account choose(@Nullable String givenUrl, @Nullable String givenName) {
    String url = url(givenUrl);
    String name = givenName != null
        ? givenName
        : last().filter(account -> account.url().equals(url))
          .map(Account::username)
          .orElseThrow(() -> new SessionEndedException("Nobody is logged in at " + url + "."));
    return new Account(url, name(name));
  }

  /** As the server reads it. It becomes the name of a folder. */
  static String name(String given) {
    String name = given.toLowerCase(Locale.ROOT);
    if (!name.matches(USERNAME)) {
      throw new WrongUseException("This cannot be a username: " + given);
    }
    return name;
  }

  Path folder(Account account) {
    return folder.resolve(account.url().replaceAll("[^A-Za-z0-9.-]+", "_")).resolve(account.username());
  }

  Optional<Account> last() {
    try {
      return Optional.of(Json.read(Files.readAllBytes(lastFile()), Account.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remember(Account account) {
    try {
      PrivateFiles.makeFolder(folder);
      PrivateFiles.replace(lastFile(), Json.bytes(account));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path lastFile() {
    return folder.resolve("last.json");
  }
}
