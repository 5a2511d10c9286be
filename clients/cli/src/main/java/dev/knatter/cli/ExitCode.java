package dev.knatter.cli;

/** With what the process ends. Scripts decide by it, so a number keeps its meaning. */
final class ExitCode {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int WRONG_USE = 2;
  static final int LOG_IN = 3;
  static final int NOT_FOUND = 4;
  /** As EX_TEMPFAIL of sysexits.h. */
  static final int NO_ANSWER = 75;

  private ExitCode() {}
}
