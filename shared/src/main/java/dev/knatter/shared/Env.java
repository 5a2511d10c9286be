package dev.knatter.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of a process, which are its only configuration. docs/configuration.md lists the names. A blank
 * value counts as absent. A wrong value stops the start with a message that names the variable.
 */
public final class Env {
  /** The suffix for a variable that holds the path of a file with a secret. */
  public static final String FILE = "_FILE";

  private final Function<String, @Nullable String> source;

  private Env(Function<String, @Nullable String> source) {
    this.source = source;
  }

  /** Returns the variables of this process, and sets the log level by them. So a main must call this before anything logs. */
  public static Env system() {
    Env env = new Env(System::getenv);
    LogLevel.apply(env);
    return env;
  }

  /** Takes the variables from a map, for tests and for processes that hold several functions. */
  public static Env of(Map<String, String> variables) {
    return new Env(Map.copyOf(variables)::get);
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(source.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
  }

  public String get(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  public String require(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not set."));
  }

  /** Reads a variable that holds a path. */
  public Optional<Path> findPath(String name) {
    return find(name).map(Path::of);
  }

  /**
   * Reads a key, a password or certificates: the value of the variable, or the content of the file that the variable with
   * the suffix {@code _FILE} names. White space around the secret is removed.
   */
  public Optional<String> findSecret(String name) {
    Optional<String> value = find(name);
    Optional<Path> file = findPath(name + FILE);
    if (value.isPresent() && file.isPresent()) {
      throw new IllegalStateException(name + " and " + name + FILE + " must not both be set.");
    }
    return value.or(() -> file.map(path -> read(name + FILE, path)));
  }

  public String requireSecret(String name) {
    return findSecret(name)
      .orElseThrow(() -> new IllegalStateException("Neither " + name + " nor " + name + FILE + " is set."));
  }

  /** Reads a secret of the given number of bytes, in base64. */
  public byte[] requireKey(String name, int bytes) {
    return Base64Text.decode(requireSecret(name))
      .filter(key -> key.length == bytes)
      .orElseThrow(() -> unfit(name, bytes + " bytes in base64"));
  }

  /** Reads a secret that is a JSON object. Its members are strings, numbers, booleans, lists and maps. */
  public Optional<Map<String, Object>> findSecretObject(String name) {
    return findSecret(name).map(text -> {
      try {
        return JSONObjectUtils.parse(text);
      } catch (ParseException e) { // the exception's message may quote the secret
        throw unfit(name, "a JSON object");
      }
    });
  }

  /** Makes the exception for a secret with a wrong value. Its message does not quote the secret. */
  public static IllegalStateException unfit(String name, String what) {
    return new IllegalStateException(
        name + ", or the file that " + name + FILE + " names, must hold " + what + ".");
  }

  private static String read(String name, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(name + " names " + file + ", which cannot be read.", e);
    }
  }
}
