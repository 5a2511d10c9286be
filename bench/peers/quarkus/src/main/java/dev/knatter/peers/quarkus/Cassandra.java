package dev.knatter.peers.quarkus;

import java.net.InetSocketAddress;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import dev.knatter.bench.sending.MessageStore;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the session before the server listens. */
@Singleton
@Startup
public class Cassandra {
  private final CqlSession session;
  private final MessageStore messages;

  Cassandra(@ConfigProperty(name = "KNATTER_CASSANDRA_CONTACT_POINTS") String node,
      @ConfigProperty(name = "KNATTER_CASSANDRA_DATACENTER", defaultValue = "datacenter1") String datacenter,
      @ConfigProperty(name = "KNATTER_CASSANDRA_KEYSPACE", defaultValue = "knatter") String keyspace) {
    int colon = node.lastIndexOf(':');
    session = CqlSession.builder()
      .withConfigLoader(DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .build())
      .addContactPoint(new InetSocketAddress(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))))
      .withLocalDatacenter(datacenter)
      .withKeyspace(keyspace)
      .build();
    messages = MessageStore.prepare(session);
  }

  @Produces
  @Singleton
  MessageStore messages() {
    return messages;
  }

  @PreDestroy
  void close() {
    session.close();
  }
}
