package dev.knatter.packaging.launch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line to standard error: level, name and text, and what was thrown below it. Debugging is not for cold starts. */
public final class StandardErrorLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  StandardErrorLogger(String name) {
    this.name = name;
  }

  @Override
  protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String pattern,
      Object @Nullable [] arguments, @Nullable Throwable thrown) {
    String line = level + " " + name + " - " + MessageFormatter.basicArrayFormat(pattern, arguments);
    synchronized (System.err) {
      System.err.println(line);
      if (thrown != null) {
        thrown.printStackTrace();
      }
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
