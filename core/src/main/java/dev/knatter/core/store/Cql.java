package dev.knatter.core.store;

import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the product, prepared once: when the session opens, together with all others that were
 * declared before, or at its first use.
 */
public final class Cql {
  private final Cassandra cassandra;
  private final SimpleStatement statement;
  private volatile @Nullable PreparedStatement prepared;

  Cql(Cassandra cassandra, SimpleStatement statement) {
    this.cassandra = cassandra;
    this.statement = statement;
  }

  /** The same, prepared at its first use: each statement that is prepared at the start makes every start longer. */
  public Cql seldom() {
    cassandra.prepareLater(this);
    return this;
  }

  /** Binds the values in the order of the question marks. Null is refused: written, it would be a tombstone. */
  public BoundStatement bind(Object... values) {
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("null for " + statement.getQuery());
      }
    }
    return prepared().bind(values);
  }

  /** Binds the values that are there and leaves the columns of the others untouched, without a tombstone. */
  public BoundStatement bindPresent(@Nullable Object... values) {
    PreparedStatement known = prepared();
    BoundStatement bound = known.bind();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        bound = bound.set(i, value, bound.codecRegistry().codecFor(bound.getType(i), value));
      }
    }
    return bound;
  }

  CompletionStage<?> prepare(CqlSession session) {
    return session.prepareAsync(statement).thenAccept(done -> prepared = done);
  }

  private PreparedStatement prepared() {
    PreparedStatement known = prepared;
    if (known == null) {
      known = cassandra.await(session -> session.prepareAsync(statement));
      prepared = known;
    }
    return known;
  }
}
