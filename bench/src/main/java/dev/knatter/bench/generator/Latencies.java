package dev.knatter.bench.generator;

import java.util.Arrays;
import java.util.List;

/** How long each request took, in nanoseconds; every one is kept, so that a percentile is exact. */
public final class Latencies {
  private long[] nanos = new long[4_096];
  private int count;

  public void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = value;
  }

  public static Latencies all(List<Latencies> parts) {
    Latencies all = new Latencies();
    all.count = parts.stream().mapToInt(part -> part.count).sum();
    all.nanos = new long[all.count];
    int at = 0;
    for (Latencies part : parts) {
      System.arraycopy(part.nanos, 0, all.nanos, at, part.count);
      at += part.count;
    }
    Arrays.sort(all.nanos);
    return all;
  }

  public int count() {
    return count;
  }

  /** Of those put together by {@link #all}: the time in which this share of the requests was answered; NaN for none. */
  public double millis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    return nanos[(int) Math.ceil(share * count) - 1] / 1e6;
  }
}
