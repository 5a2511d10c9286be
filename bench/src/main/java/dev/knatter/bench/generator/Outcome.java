package dev.knatter.bench.generator;

import java.util.Scanner;

/**
 * What a load came to in its measured part.
 *
 * @param rate     requests answered in a second
 * @param p50      milliseconds in which half of them were answered
 * @param p99      milliseconds in which 99 of 100 were answered
 * @param failures how many failed
 * @param failure  what the first of them said, in one line; empty where none failed
 */
public record Outcome(double rate, double p50, double p99, long failures, String failure) {
  /** As one line of text, from one process to another. */
  public String encode() {
    return "%s %s %s %d %s".formatted(rate, p50, p99, failures, failure.replaceAll("\\s+", " "));
  }

  public static Outcome decode(String line) {
    try (Scanner scanner = new Scanner(line)) {
      return new Outcome(Double.parseDouble(scanner.next()), Double.parseDouble(scanner.next()),
          Double.parseDouble(scanner.next()), scanner.nextLong(), scanner.nextLine().strip());
    }
  }
}
