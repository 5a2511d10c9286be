package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Request;
import org.junit.jupiter.api.DynamicTest;

/**
 * A row of a table of requests that are wrong.
 *
 * @param what is wrong with it
 * @param pointers where the answer may say it is: where two fields contradict each other, either will do. Empty: it
 *   need not say
 */
record BadRequestCase(String what, Request request, Set<String> pointers) {
  static BadRequestCase at(String pointer, String what, Request request) {
    return new BadRequestCase(what, request.mistaken(), Set.of(pointer));
  }

  /** Wrong as a whole, or at one of several places. */
  static BadRequestCase of(String what, Request request, String... pointers) {
    return new BadRequestCase(what, request.mistaken(), Set.copyOf(List.of(pointers)));
  }

  /** The test that it is refused. */
  DynamicTest test(Function<Request, Answer> exchange) {
    return DynamicTest.dynamicTest(what, () -> isRefused(exchange.apply(request)));
  }

  private void isRefused(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
    if (!pointers.isEmpty()) {
      assertThat(answer.pointers()).as("%s", answer).isNotEmpty().isSubsetOf(pointers);
    }
  }
}
