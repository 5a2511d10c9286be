package dev.knatter.chat.publication;

import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;

/**
 * One event that may have to be published. Its row is written before or together with what it is about. Unless it is called off
 * or the sink accepts it, the row stays for the sweep, which publishes what really happened.
 */
public interface Publication extends AutoCloseable {
  /** The statements for the batch that makes the event true. */
  List<BatchableStatement<?>> rows();

  /** Writes the rows by themselves: before a lightweight transaction, which no batch can hold together with them. */
  void announce();

  /**
   * It has happened: publishes the event in the background.
   *
   * @param data of the event
   */
  void happened(Map<String, Object> data);

  /**
   * The same, for destinations that would otherwise read what the event is about.
   *
   * @param state what the event is about ({@link ChatEvent#state})
   */
  default void happened(Map<String, Object> data, Object state) {
    happened(data);
  }

  /** The same for an event of which the reference says all. */
  void happened();

  /** It has not happened, and never will. Only call this after {@link #announce}. */
  void calledOff();

  /** Leaves the row for the sweep, unless the event was published or called off. */
  @Override
  void close();

  /** Where nothing is published. */
  Publication NONE = new Publication() {
    @Override
    public List<BatchableStatement<?>> rows() {
      return List.of();
    }

    @Override
    public void announce() {}

    @Override
    public void happened(Map<String, Object> data) {}

    @Override
    public void happened() {}

    @Override
    public void calledOff() {}

    @Override
    public void close() {}
  };
}
