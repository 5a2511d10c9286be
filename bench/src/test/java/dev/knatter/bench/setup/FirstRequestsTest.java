package dev.knatter.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;

import dev.knatter.packaging.product.Product;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;

final class FirstRequestsTest {
  private final FirstRequests first = new FirstRequests(Env.of(Map.of()), new TestUsers(0));

  @Test
  void of_everyFunctionThatIsPackaged_isKnown() {
    assertThat(Product.functions()).isNotEmpty()
      .allSatisfy(function -> assertThat(first.of(function)).isNotNull());
  }

  @Test
  void of_another_saysWhereToPutIt() {
    assertThatIllegalStateException().isThrownBy(() -> first.of("other"))
      .withMessageContaining("FirstRequests");
  }
}
