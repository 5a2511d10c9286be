package dev.knatter.chat.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Deadline;
import org.junit.jupiter.api.Test;

final class ReadPermitsTest {
  private final ReadPermits permits = new ReadPermits(2);

  @Test
  void read_isRefused_ifOthersReadUntilItsDeadline() throws Exception {
    Duration soon = Duration.ofMillis(10);
    boolean _ = Deadline.within(soon, () -> permits.with(1, () -> {
      assertThatThrownBy(() -> permits.with(2, () -> true)).isInstanceOf(Unavailable.class);
      return permits.with(1, () -> true);
    }));
    assertThat(permits.with(2, () -> true)).isTrue();
  }

  @Test
  void permits_areGivenBack_ifTheReadFails() {
    assertThatThrownBy(() -> permits.with(2, () -> {
      throw new Unavailable("as a store does that is away");
    })).isInstanceOf(Unavailable.class);
    assertThat(permits.with(2, () -> true)).isTrue();
  }
}
