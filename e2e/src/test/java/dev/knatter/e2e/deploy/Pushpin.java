package dev.knatter.e2e.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.net.URI;
import java.util.Map;

import dev.knatter.embedded.EmbeddedPushpin;

/** Debian's Pushpin, before one process of the function stream. It keeps its ports when it is started again. */
public final class Pushpin implements Closeable {
  /** What the proxy and the function share. */
  private static final String KEY = "the key of the end-to-end tests";

  private static final int CONNECTIONS = 5_000;

  private final EmbeddedPushpin pushpin = EmbeddedPushpin.create(KEY, CONNECTIONS);

  private Pushpin() {}

  /** Skips the test where Debian's packages are not installed, unless {@code -Dknatter.pushpin=required}. */
  public static Pushpin create() {
    assumeTrue(EmbeddedPushpin.isInstalled() || "required".equals(System.getProperty("knatter.pushpin")),
        EmbeddedPushpin.MISSING);
    return new Pushpin();
  }

  /** With these variables, functions publish to this proxy and trust it. */
  public Map<String, String> env() {
    return pushpin.env();
  }

  /** Where clients come in. */
  public URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + pushpin.port() + pathAndQuery);
  }

  /** Starts it before a process, and waits until it listens. */
  public Pushpin start(Pod stream) {
    pushpin.start(stream.port());
    return this;
  }

  /** Ends all of its processes in the middle of whatever they do (SIGKILL), and starts it again. */
  public void killAndRestart() {
    pushpin.killAndRestart();
  }

  @Override
  public void close() {
    pushpin.close();
  }
}
