package dev.knatter.packaging.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;

@ResourceLock(Resources.SYSTEM_ERR)
final class LoggingTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Logging logging = new Logging();
  private final Logger logger = logging.getLogger("dev.knatter.Thing");

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void line_saysLevelNameAndText() {
    logger.info("Serving on port {}", 8080);
    logger.warn("{} of {}", 1, 2);
    logger.error("plain");
    assertThat(lines()).containsExactly("INFO dev.knatter.Thing - Serving on port 8080",
        "WARN dev.knatter.Thing - 1 of 2", "ERROR dev.knatter.Thing - plain");
  }

  @Test
  void whatWasThrown_followsItsLine() {
    logger.warn("Failed {}", "twice",
        new IllegalStateException("outer", new IllegalArgumentException("inner")));
    assertThat(lines()).startsWith("WARN dev.knatter.Thing - Failed twice",
        "java.lang.IllegalStateException: outer")
      .contains("Caused by: java.lang.IllegalArgumentException: inner");
  }

  @Test
  void debugging_isSilent() {
    logger.debug("no {}", 1);
    logger.trace("no");
    assertThat(lines()).isEmpty();
    assertThat(logger.isDebugEnabled() || logger.isTraceEnabled()).isFalse();
  }

  @Test
  void logger_isOneForEachName() {
    assertThat(logging.getLoggerFactory().getLogger("dev.knatter.Thing")).isSameAs(logger);
    assertThat(logging.getLogger("another")).isNotSameAs(logger);
  }

  private String[] lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
  }
}
