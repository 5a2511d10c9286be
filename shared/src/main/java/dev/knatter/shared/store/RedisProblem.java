package dev.knatter.shared.store;

import dev.knatter.shared.store.resp.RefusedException;

/** Why Redis cannot be used: what an operator reads, with what to check. */
final class RedisProblem {
  private static final String ADDRESS = "KNATTER_REDIS_URL";
  private static final String PASSWORD = "KNATTER_REDIS_PASSWORD";

  private RedisProblem() {}

  static String of(Throwable failure) {
    for (Throwable cause : Causes.of(failure)) {
      if (cause instanceof RefusedException refused) {
        return of(refused.code());
      }
    }
    return NetworkFault.of(Causes.of(failure))
      .map(fault -> fault.text(ADDRESS, "KNATTER_REDIS_TLS_CA"))
      .orElse("what answers is no Redis, or a cluster that is not complete; check " + ADDRESS);
  }

  /** @param code with which Redis refuses a command */
  static String of(String code) {
    return switch (code) {
      case "WRONGPASS" -> "it refuses the password (WRONGPASS); check " + PASSWORD;
      case "NOAUTH" -> "it wants a password, and none is configured (NOAUTH); set " + PASSWORD;
      case "NOPERM" ->
        "its access list forbids a command or a key (NOPERM); check the ACL of the default user";
      case "DENIED" -> "it runs in protected mode (DENIED); give it a password, and set " + PASSWORD;
      case "MISCONF" ->
        "it refuses to write, for it cannot save to its disk (MISCONF); check its disk and its log";
      case "READONLY" ->
        "it is a replica, which refuses to write (READONLY); " + ADDRESS + " must name the primary";
      case "MOVED", "CROSSSLOT" ->
        "it is a cluster (" + code + "); name several of its servers in " + ADDRESS;
      case "OOM" -> "its memory is full (OOM); check its maxmemory and maxmemory-policy";
      case "LOADING" -> "it is still reading its data from disk (LOADING)";
      case "CLUSTERDOWN", "MASTERDOWN" -> "a part of it is away (" + code + "); check its servers";
      default -> "it refuses a command (" + code + "); check its log";
    };
  }

  /** Whether it refuses everything for this reason, so that any command that it executes means that the reason is gone. */
  static boolean concernsAll(String code) {
    return switch (code) {
      case "WRONGPASS", "NOAUTH", "DENIED", "LOADING", "CLUSTERDOWN", "MASTERDOWN" -> true;
      default -> false;
    };
  }
}
