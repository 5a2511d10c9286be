package dev.knatter.bench.report;

import java.util.Collection;
import java.util.Locale;

/** The middle one of several measurements, and the outermost. */
public record Spread(double median, double min, double max) {
  public static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** As {@code 12.3 (11.9–14.0)}. */
  public String text(int digits) {
    return "%s (%s–%s)".formatted(number(median, digits), number(min, digits), number(max, digits));
  }

  public static String number(double value, int digits) {
    return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
