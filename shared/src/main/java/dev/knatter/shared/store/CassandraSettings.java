package dev.knatter.shared.store;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

import dev.knatter.shared.Env;

/**
 * Where Cassandra is and how to log in.
 *
 * @param contactPoints host and port, not resolved
 * @param tls           verifies the nodes; absent for plain text
 */
public record CassandraSettings(List<InetSocketAddress> contactPoints, String datacenter, String keyspace,
    Optional<String> username, Optional<String> password, Optional<SSLContext> tls) {
  private static final String TLS = "KNATTER_CASSANDRA_TLS";
  private static final String TLS_CA = "KNATTER_CASSANDRA_TLS_CA";

  public static CassandraSettings from(Env env) {
    String keyspace = env.get("KNATTER_CASSANDRA_KEYSPACE", "knatter");
    if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
      throw new IllegalStateException("KNATTER_CASSANDRA_KEYSPACE must be 1 to 48 of a-z, 0-9 and _.");
    }
    Optional<String> username = env.find("KNATTER_CASSANDRA_USERNAME");
    Optional<String> password = env.findSecret("KNATTER_CASSANDRA_PASSWORD");
    if (username.isPresent() && password.isEmpty()) {
      throw new IllegalStateException(
          "KNATTER_CASSANDRA_USERNAME is set, but KNATTER_CASSANDRA_PASSWORD is not.");
    }
    return new CassandraSettings(
        Stream.of(env.require("KNATTER_CASSANDRA_CONTACT_POINTS").split(","))
          .map(CassandraSettings::address)
          .toList(),
        env.get("KNATTER_CASSANDRA_DATACENTER", "datacenter1"), keyspace,
        username, password, tls(env));
  }

  /**
   * {@code KNATTER_CASSANDRA_TLS_CA} alone turns TLS on. If {@code KNATTER_CASSANDRA_TLS} is true without it, the start
   * fails, because the password would otherwise go out in plain text.
   */
  private static Optional<SSLContext> tls(Env env) {
    Optional<String> authorities = Tls.authorities(env, TLS_CA);
    String wanted = env.get(TLS, String.valueOf(authorities.isPresent()));
    if (!wanted.matches("true|false")) {
      throw new IllegalStateException(TLS + " must be true or false.");
    }
    if (wanted.equals("true") != authorities.isPresent()) {
      throw new IllegalStateException(
          TLS + " is " + wanted + ", but " + TLS_CA + " is " + (authorities.isPresent() ? "set." : "not."));
    }
    return authorities.map(Tls::context);
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return contactPoints + "/" + keyspace;
  }

  private static InetSocketAddress address(String hostAndPort) {
    String text = hostAndPort.strip();
    int colon = text.lastIndexOf(':');
    try {
      return InetSocketAddress.createUnresolved(text.substring(0, colon),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          "KNATTER_CASSANDRA_CONTACT_POINTS must be host:port, separated by commas.", e);
    }
  }
}
