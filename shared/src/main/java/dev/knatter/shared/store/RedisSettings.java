package dev.knatter.shared.store;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

import dev.knatter.shared.Env;
import dev.knatter.shared.store.resp.Address;
import dev.knatter.shared.store.resp.Cluster;
import dev.knatter.shared.store.resp.Server;
import dev.knatter.shared.store.resp.Servers;

/**
 * Where Redis is: one address for a single server, several for a cluster, as {@code redis://} or, over TLS,
 * {@code rediss://}. tlsCa: certificate (PEM) of the authority that signed its own.
 */
public record RedisSettings(List<URI> addresses, Optional<String> password, Optional<String> tlsCa) {
  public static RedisSettings from(Env env) {
    List<URI> addresses = Stream.of(env.require("KNATTER_REDIS_URL").split(","))
      .map(RedisSettings::address)
      .toList();
    return new RedisSettings(addresses, env.findSecret("KNATTER_REDIS_PASSWORD"),
        Tls.authorities(env, "KNATTER_REDIS_TLS_CA"));
  }

  private static URI address(String text) {
    URI uri = URI.create(text.strip());
    if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("rediss?")) {
      throw new IllegalStateException("KNATTER_REDIS_URL must be redis://host:port or rediss://host:port.");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalStateException(
          "KNATTER_REDIS_URL holds a password; it belongs in KNATTER_REDIS_PASSWORD.");
    }
    int port = uri.getPort() < 0 ? 6379 : uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
  }

  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return addresses.toString();
  }

  /** Starts to connect. */
  Servers servers() {
    List<Address> all = addresses.stream().map(this::address).toList();
    return all.size() == 1 ? Server.open(all.getFirst()) : Cluster.of(all);
  }

  private Address address(URI uri) {
    Optional<SSLContext> tls = uri.getScheme().equals("rediss")
        ? Optional.of(tlsCa.map(Tls::context).orElseGet(Tls::trustingTheJdks))
        : Optional.empty();
    return new Address(uri.getHost(), uri.getPort(), password, tls);
  }
}
