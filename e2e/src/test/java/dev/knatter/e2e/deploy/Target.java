package dev.knatter.e2e.deploy;

import java.util.List;
import java.util.Locale;

/** The ways the product runs. What holds for one holds for the other. */
public enum Target {
  /** Everything in one process, as {@code ./knatter dev} starts it; here with stores that run already. */
  LOCAL,
  /** One process per function, as a cluster runs it. */
  PROCESSES,
  /** Wherever it runs: at an address, with nothing known of what is behind it. */
  REMOTE;

  List<Service> services() {
    return switch (this) {
      case LOCAL -> List.of(Service.LOCAL);
      case PROCESSES -> Service.FUNCTIONS;
      case REMOTE -> List.of();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
