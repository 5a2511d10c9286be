package dev.knatter.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;

import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.Problem;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, in one line, and with which number the process ends. */
final class Failures implements IExecutionExceptionHandler {
  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    err.println(SafeText.line(text(failure)));
    return code(failure);
  }

  static String text(Exception failure) {
    if (failure instanceof SessionEndedException) {
      return failure.getMessage() + " Log in: ./knatter chat login NAME";
    }
    return failure instanceof UncheckedIOException io
        ? String.valueOf(io.getCause())
        : String.valueOf(failure.getMessage());
  }

  private static int code(Exception failure) throws Exception {
    return switch (failure) {
      case SessionEndedException _ -> ExitCode.LOG_IN;
      case NoAnswerException _ -> ExitCode.NO_ANSWER;
      case ProblemException refused -> code(refused.problem());
      case WrongUseException _ -> ExitCode.WRONG_USE;
      case UncheckedIOException _,IllegalStateException _ -> ExitCode.REFUSED;
      default -> throw failure;
    };
  }

  private static int code(Problem problem) {
    if (problem.passes()) {
      return ExitCode.NO_ANSWER;
    }
    return switch (problem.type()) {
      case Problem.UNAUTHENTICATED -> ExitCode.LOG_IN;
      case Problem.NOT_FOUND -> ExitCode.NOT_FOUND;
      default -> ExitCode.REFUSED;
    };
  }
}
