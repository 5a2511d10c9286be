package dev.knatter.client.http;

import java.time.Duration;

/** The server has refused the request, and said why. */
public final class ProblemException extends KnatterException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.toString(), null);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  @Override
  public Duration retryAfter() {
    return problem.retryAfter();
  }
}
