package dev.knatter.chat.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;

/** Publishes each event to several destinations. */
public final class AllPublications implements Publications {
  private final List<Publications> destinations;

  public AllPublications(List<Publications> destinations) {
    this.destinations = List.copyOf(destinations);
  }

  @Override
  public Publication open(EventReference reference) {
    List<Publication> opened = new ArrayList<>(destinations.size());
    destinations.forEach(destination -> opened.add(destination.open(reference)));
    return new All(opened);
  }

  @Override
  public void tell(ChatEvent event) {
    destinations.forEach(destination -> destination.tell(event));
  }

  private record All(List<Publication> each) implements Publication {
    @Override
    public List<BatchableStatement<?>> rows() {
      List<BatchableStatement<?>> rows = new ArrayList<>();
      each.forEach(one -> rows.addAll(one.rows()));
      return rows;
    }

    @Override
    public void announce() {
      each.forEach(Publication::announce);
    }

    @Override
    public void happened(Map<String, Object> data) {
      each.forEach(one -> one.happened(data));
    }

    @Override
    public void happened(Map<String, Object> data, Object state) {
      each.forEach(one -> one.happened(data, state));
    }

    @Override
    public void happened() {
      each.forEach(Publication::happened);
    }

    @Override
    public void calledOff() {
      each.forEach(Publication::calledOff);
    }

    @Override
    public void close() {
      each.forEach(Publication::close);
    }
  }
}
