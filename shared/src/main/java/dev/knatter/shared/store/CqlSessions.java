package dev.knatter.shared.store;

import java.net.InetSocketAddress;
import java.util.List;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;

/** Opens driver sessions from our settings. */
final class CqlSessions {
  private CqlSessions() {}

  /** Opens a session on the product's keyspace, which must exist. */
  static CqlSession open(CassandraSettings settings) {
    return builder(settings).withKeyspace(settings.keyspace()).build();
  }

  /** Opens the same session. The driver reports every request to the tracker. */
  static CqlSession open(CassandraSettings settings, RequestTracker tracker) {
    return builder(settings).withKeyspace(settings.keyspace()).addRequestTracker(tracker).build();
  }

  /** Opens a session without a keyspace, for the schema job, which creates the keyspace. */
  static CqlSession openWithoutKeyspace(CassandraSettings settings) {
    return builder(settings).build();
  }

  private static CqlSessionBuilder builder(CassandraSettings settings) {
    List<InetSocketAddress> resolved = settings.contactPoints()
      .stream()
      .map(point -> new InetSocketAddress(point.getHostString(), point.getPort()))
      .toList();
    CqlSessionBuilder builder = CqlSession.builder()
      .withConfigLoader(DriverConfigLoader.fromMap(DriverOptions.create()))
      .addContactPoints(resolved)
      .withLocalDatacenter(settings.datacenter());
    if (settings.username().isPresent() && settings.password().isPresent()) {
      builder.withAuthCredentials(settings.username().get(), settings.password().get());
    }
    settings.tls()
      .ifPresent(tls -> builder.withSslEngineFactory(
          new ProgrammaticSslEngineFactory(tls, null, /* requireHostnameValidation= */ true)));
    return builder;
  }
}
