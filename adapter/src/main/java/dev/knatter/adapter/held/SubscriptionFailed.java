package dev.knatter.adapter.held;

import java.io.Serial;

/** A channel could not be subscribed to, so a connection would miss what is published there. */
public final class SubscriptionFailed extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  SubscriptionFailed(RuntimeException cause) {
    super("A channel could not be subscribed to", cause);
  }
}
