package dev.knatter.shared.store;

import java.util.Set;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;

/** Says why Cassandra cannot be used and what the operator should check. It repeats nothing of an exception's message. */
final class CassandraProblem {
  static final String SCHEMA = "the schema is missing or too old; run the schema Job, or ./knatter schema";
  private static final String ADDRESS = "KNATTER_CASSANDRA_CONTACT_POINTS";
  private static final String ROLE = "KNATTER_CASSANDRA_USERNAME and KNATTER_CASSANDRA_PASSWORD";

  private CassandraProblem() {}

  static String of(Throwable failure, CassandraSettings settings) {
    Set<Throwable> causes = Causes.of(failure);
    if (any(causes, AuthenticationException.class)) {
      return settings.username().isPresent()
          ? "it refuses the role or its password; check " + ROLE
          : "it wants a role and its password, and none are configured; set " + ROLE;
    }
    if (any(causes, UnauthorizedException.class)) {
      return "the role may not use the keyspace " + settings.keyspace()
          + "; grant it SELECT and MODIFY there";
    }
    if (any(causes, InvalidKeyspaceException.class)) {
      return "the keyspace is missing; run the schema Job, or ./knatter schema";
    }
    if (any(causes, StoreCheck.SchemaMissing.class)) {
      return SCHEMA;
    }
    if (any(causes, UnsupportedProtocolVersionException.class)) {
      return "it does not speak version 5 of the protocol; use Cassandra 5";
    }
    if (any(causes, UnavailableException.class) || any(causes, QueryConsistencyException.class)) {
      return "too few replicas answer; check its nodes, and the replication of the keyspace "
          + settings.keyspace();
    }
    return NetworkFault.of(causes)
      .map(fault -> fault.text(ADDRESS, "KNATTER_CASSANDRA_TLS_CA"))
      .orElseGet(() -> other(causes, settings));
  }

  private static String other(Set<Throwable> causes, CassandraSettings settings) {
    if (any(causes, DriverTimeoutException.class)) {
      return NetworkFault.TIMED_OUT.text(ADDRESS, "");
    }
    if (any(causes, NoNodeAvailableException.class)) {
      return "no node of the data center " + settings.datacenter()
          + " answers; check KNATTER_CASSANDRA_DATACENTER and " + ADDRESS;
    }
    return "no node answers as Cassandra does; check " + ADDRESS
        + (settings.tls().isPresent() ? "" : ", and KNATTER_CASSANDRA_TLS_CA where the port speaks TLS");
  }

  private static boolean any(Set<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
