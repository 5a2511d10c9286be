package dev.knatter.shared.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;

/**
 * One statement of the product. It is prepared beside its second use, and sent as text until that is done: preparing costs a
 * round trip and more of a cold start than sending the text once, and nobody ever waits for it.
 */
public final class Cql {
  private final Cassandra cassandra;
  private final SimpleStatement statement;
  private final AtomicBoolean used = new AtomicBoolean();
  private final AtomicBoolean preparing = new AtomicBoolean();
  private volatile @Nullable PreparedStatement prepared;

  Cql(Cassandra cassandra, SimpleStatement statement) {
    this.cassandra = cassandra;
    this.statement = statement;
  }

  /** Binds the values in the order of the question marks. Null is refused: written, it would be a tombstone. */
  public BatchableStatement<?> bind(Object... values) {
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("null for " + statement.getQuery());
      }
    }
    PreparedStatement known = prepared();
    return known == null ? statement.setPositionalValues(List.of(values)) : known.bind(values);
  }

  /** Binds the values that are there and leaves the columns of the others untouched, without a tombstone. */
  public BatchableStatement<?> bindPresent(@Nullable Object... values) {
    PreparedStatement known = prepared();
    return known == null ? text(values) : bound(known.bind(), values);
  }

  private SimpleStatement text(@Nullable Object[] values) {
    List<Object> present = new ArrayList<>(values.length);
    for (Object value : values) {
      present.add(value == null ? UnsetValues.VALUE : value);
    }
    return statement.setPositionalValues(present);
  }

  private static BoundStatement bound(BoundStatement empty, @Nullable Object[] values) {
    BoundStatement bound = empty;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        bound = bound.set(i, value, bound.codecRegistry().codecFor(bound.getType(i), value));
      }
    }
    return bound;
  }

  private @Nullable PreparedStatement prepared() {
    PreparedStatement known = prepared;
    if (known == null && used.getAndSet(true) && !preparing.getAndSet(true)) {
      cassandra.prepare(statement).whenComplete((done, failure) -> {
        prepared = done;
        preparing.set(false); // a failure is the next use's to mend
      });
    }
    return known;
  }
}
