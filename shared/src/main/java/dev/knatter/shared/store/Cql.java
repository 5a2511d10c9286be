package dev.knatter.shared.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the product. It is prepared when the session opens, so that the first user of a slow store does not wait
 * twice. If that fails, its first use prepares it, within the {@link Deadline} of the caller.
 */
public final class Cql {
  private final Cassandra cassandra;
  private final SimpleStatement statement;
  private volatile @Nullable PreparedStatement prepared;

  Cql(Cassandra cassandra, SimpleStatement statement) {
    this.cassandra = cassandra;
    this.statement = statement;
  }

  /**
   * Binds the values in the order of the question marks. It refuses null, because Cassandra would store null as a
   * tombstone.
   *
   * @throws Unavailable if the statement is not prepared yet and Cassandra does not answer
   */
  public BoundStatement bind(Object... values) {
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("null for " + statement.getQuery());
      }
    }
    return prepared().bind(values);
  }

  /**
   * Binds the values that are not null. The columns of the others stay as they are, without a tombstone.
   *
   * @throws Unavailable if the statement is not prepared yet and Cassandra does not answer
   */
  public BoundStatement bindPresent(@Nullable Object... values) {
    BoundStatement bound = prepared().bind(values);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        bound = bound.unset(i);
      }
    }
    return bound;
  }

  void prepareAhead(CqlSession session) {
    var _ = session.prepareAsync(statement).whenComplete((ready, failure) -> {
      if (ready != null) {
        prepared = ready;
      }
    });
  }

  /** Two threads may prepare the statement at once, because the driver prepares a text only once. */
  private PreparedStatement prepared() {
    PreparedStatement known = prepared;
    if (known == null) {
      known = cassandra.prepare(statement);
      prepared = known;
    }
    return known;
  }
}
