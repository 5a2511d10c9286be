package dev.knatter.bench.generator;

import java.util.List;

/** The part of a list that falls to one of several workers, round and round: together they take every item in turn. */
public final class RoundRobin<T> {
  private final List<T> items;
  private final int workers;
  private int at;

  public RoundRobin(List<T> items, int worker, int workers) {
    this.items = items;
    this.workers = workers;
    this.at = worker % items.size();
  }

  public T next() {
    T item = items.get(at);
    at = (at + workers) % items.size();
    return item;
  }
}
