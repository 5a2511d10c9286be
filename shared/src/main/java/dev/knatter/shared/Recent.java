package dev.knatter.shared;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * What was found out lately: bounded in weight and in age. What is too much is forgotten in the order in which it came,
 * for the oldest is also the first that will be too old.
 *
 * @param <K> by what it is known
 * @param <V> what is known
 */
public final class Recent<K, V> {
  private final long capacity;
  private final long ageNanos;
  private final ToIntFunction<? super V> weight;
  private final LongSupplier nanos;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
  private long held;

  private record Entry<V>(V value, int weight, long since) {}

  /**
   * @param capacity how many it holds at most
   * @param age      for how long it holds each
   */
  public Recent(int capacity, Duration age) {
    this(capacity, age, _ -> 1, System::nanoTime);
  }

  /**
   * @param capacity of the weights together
   * @param age      for how long it holds each
   * @param nanos    a clock that nobody sets
   */
  public Recent(long capacity, Duration age, ToIntFunction<? super V> weight, LongSupplier nanos) {
    this.capacity = capacity;
    this.ageNanos = age.toNanos();
    this.weight = weight;
    this.nanos = nanos;
  }

  /** Null where it is not known, or not any more. */
  public synchronized @Nullable V get(K key) {
    Entry<V> entry = entries.get(key);
    return entry == null || isOld(entry) ? null : entry.value;
  }

  /** Takes the place of what was known before. */
  public synchronized void put(K key, V value) {
    Entry<V> before = entries.remove(key);
    held -= before == null ? 0 : before.weight;
    Entry<V> entry = new Entry<>(value, weight.applyAsInt(value), nanos.getAsLong());
    entries.put(key, entry);
    held += entry.weight;
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry<V> next = oldest.next();
      if (held <= capacity && !isOld(next)) {
        return;
      }
      oldest.remove();
      held -= next.weight;
    }
  }

  private boolean isOld(Entry<V> entry) {
    return nanos.getAsLong() - entry.since >= ageNanos;
  }
}
