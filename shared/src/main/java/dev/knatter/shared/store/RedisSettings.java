package dev.knatter.shared.store;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.knatter.shared.Env;

/**
 * Where Redis is and how to log in.
 *
 * @param addresses      {@code redis://host:port}, or {@code rediss://host:port} for TLS. One address is a single server;
 *                       several are the servers of a cluster. With a sentinelMaster they are Sentinels
 * @param sentinelMaster the name by which the Sentinels know the primary; absent without Sentinels
 * @param username       an ACL user; absent for the default user of Redis
 * @param tlsCa          certificates (PEM) of the authorities to trust; absent for those of the JDK
 */
public record RedisSettings(List<URI> addresses, Optional<String> sentinelMaster, Optional<String> username,
    Optional<String> password, Optional<String> tlsCa) {
  private static final int DEFAULT_PORT = 6379;
  private static final int DEFAULT_SENTINEL_PORT = 26_379;

  /** @throws IllegalStateException if a variable has a wrong value; the message names the variable */
  public static RedisSettings from(Env env) {
    Optional<String> sentinelMaster = env.find("KNATTER_REDIS_SENTINEL_MASTER");
    int defaultPort = sentinelMaster.isPresent() ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
    List<URI> addresses = Stream.of(env.require("KNATTER_REDIS_URL").split(",", -1))
      .map(text -> address(text.strip(), defaultPort))
      .toList();
    if (addresses.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new IllegalStateException("KNATTER_REDIS_URL must not mix redis:// and rediss://.");
    }
    Optional<String> username = env.find("KNATTER_REDIS_USERNAME");
    Optional<String> password = env.findSecret("KNATTER_REDIS_PASSWORD");
    if (username.isPresent() && password.isEmpty()) {
      throw new IllegalStateException("KNATTER_REDIS_USERNAME is set, and KNATTER_REDIS_PASSWORD is not.");
    }
    return new RedisSettings(addresses, sentinelMaster, username, password,
        Tls.authorities(env, "KNATTER_REDIS_TLS_CA"));
  }

  /** Whether the servers are those of a cluster. */
  boolean isCluster() {
    return addresses.size() > 1 && sentinelMaster.isEmpty();
  }

  private static URI address(String text, int defaultPort) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw unfit();
    }
    if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("rediss?")) {
      throw unfit();
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalStateException("KNATTER_REDIS_URL holds a user name or a password; they belong in "
          + "KNATTER_REDIS_USERNAME and KNATTER_REDIS_PASSWORD.");
    }
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
  }

  /** The message does not quote the value, because the value may hold a password. */
  private static IllegalStateException unfit() {
    return new IllegalStateException(
        "KNATTER_REDIS_URL must be redis://host:port or rediss://host:port, or several of these, separated by commas.");
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return addresses.toString();
  }
}
