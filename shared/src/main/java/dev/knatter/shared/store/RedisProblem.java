package dev.knatter.shared.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;

/** Says why Redis cannot be used and what the operator should check. */
final class RedisProblem {
  private static final String ADDRESS = "KNATTER_REDIS_URL";
  /** The code for a user who may not subscribe. It is our own, because Redisson drops the server's answer. */
  private static final String SUBSCRIBE = "SUBSCRIBE";
  private static final String SENTINEL_MASTER = "KNATTER_REDIS_SENTINEL_MASTER";
  private static final String PASSWORD = "KNATTER_REDIS_PASSWORD";
  /**
   * Codes for messages that have none of their own, by the beginning of the message. Some come from Redis, others from
   * Redisson.
   */
  private static final Map<String, String> CODES = Map.of(
      "ERR AUTH", "WRONGPASS", // the server has no password
      "ERR This instance has cluster support disabled", "NOCLUSTER",
      "ERR unknown command `SENTINEL`", "NOSENTINEL",
      "Master node is undefined", "NOMASTER",
      "Subscription response timeout", SUBSCRIBE);
  private static final Pattern CODE = Pattern.compile("^([A-Z]{2,20}) ");
  /** If a command inside a script fails, Redis 6 writes its own words before the code of the command. */
  private static final Pattern CODE_IN_SCRIPT = Pattern
    .compile("^ERR Error running script .*: -([A-Z]{2,20}) ");
  /**
   * The beginning of a TLS alert (RFC 8446 §5.1), with which a TLS server answers a client that speaks without TLS.
   * Redisson says that it cannot decode it.
   */
  private static final String TLS_ALERT = "Can't decode replay: \u0015";

  private RedisProblem() {}

  static String of(Throwable failure) {
    Set<Throwable> causes = Causes.of(failure);
    boolean secured = causes.stream()
      .anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith(TLS_ALERT));
    return (secured ? Optional.of(NetworkFault.SECURED) : NetworkFault.of(causes))
      .map(fault -> fault.text(ADDRESS, "KNATTER_REDIS_TLS_CA"))
      .orElse("what answers is no Redis, or a cluster that is not complete; check " + ADDRESS);
  }

  /** Returns the code with which Redis refused a command; empty if Redis did not answer. */
  static Optional<String> code(Throwable failure) {
    return Causes.of(failure)
      .stream()
      .filter(RedisException.class::isInstance)
      .flatMap(cause -> code((RedisException) cause).stream())
      .findFirst();
  }

  /** Returns the code only. The rest of the message may hold what was sent. */
  private static Optional<String> code(RedisException failure) {
    String message = String.valueOf(failure.getMessage());
    Optional<String> known = CODES.keySet().stream().filter(message::startsWith).map(CODES::get).findAny();
    if (known.isPresent()) {
      return known;
    }
    return switch (failure) {
      case RedisOutOfMemoryException _ -> Optional.of("OOM"); // Redisson cuts the code off the message
      case RedisConnectionException _ -> Optional.empty();
      case RedisTimeoutException _ -> Optional.empty();
      default -> Stream.of(CODE_IN_SCRIPT, CODE)
        .map(pattern -> pattern.matcher(message))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
    };
  }

  /** @param code the code with which Redis refuses a command */
  static String of(String code) {
    return switch (code) {
      case "WRONGPASS" -> "it refuses the password (WRONGPASS); check " + PASSWORD
          + " and KNATTER_REDIS_USERNAME";
      case "NOAUTH" -> "it wants a password, and none is configured (NOAUTH); set " + PASSWORD;
      case "NOPERM" ->
        "its access list forbids a command or a key (NOPERM); check the ACL of its user";
      case "DENIED" -> "it runs in protected mode (DENIED); give it a password, and set " + PASSWORD;
      case "MISCONF" ->
        "it refuses to write, for it cannot save to its disk (MISCONF); check its disk and its log";
      case "READONLY" ->
        "it is a replica, which refuses to write (READONLY); " + ADDRESS + " must name the primary";
      case "MOVED", "CROSSSLOT" ->
        "it is a cluster (" + code + "); name several of its servers in " + ADDRESS;
      case "NOCLUSTER" -> "it is no cluster; " + ADDRESS + " must name a single server";
      case "NOSENTINEL" -> "what answers is no Sentinel; check " + ADDRESS + " and " + SENTINEL_MASTER;
      case "NOMASTER" -> "the Sentinels know no primary of that name; check " + SENTINEL_MASTER;
      case SUBSCRIBE ->
        "it lets nobody listen to channels (SUBSCRIBE); check the channels in the ACL of its user";
      case "OOM" -> "its memory is full (OOM); check its maxmemory and maxmemory-policy";
      case "LOADING" -> "it is still reading its data from disk (LOADING)";
      case "CLUSTERDOWN", "MASTERDOWN" -> "a part of it is away (" + code + "); check its servers";
      default -> "it refuses a command (" + code + "); check its log";
    };
  }

  /** Whether Redis refuses all commands for this reason. If so, any command that succeeds means that the reason is gone. */
  static boolean concernsAll(String code) {
    return switch (code) {
      case "WRONGPASS", "NOAUTH", "NOCLUSTER", "NOSENTINEL", "NOMASTER", "DENIED", "LOADING", "CLUSTERDOWN",
          "MASTERDOWN" ->
        true;
      default -> false;
    };
  }
}
