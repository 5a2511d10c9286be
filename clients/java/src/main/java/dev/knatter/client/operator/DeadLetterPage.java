package dev.knatter.client.operator;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Dead letters.
 *
 * @param next a cursor; null on the last page
 */
public record DeadLetterPage(List<DeadLetter> deadLetters, @Nullable String next) {
  public DeadLetterPage {
    deadLetters = List.copyOf(deadLetters);
  }
}
