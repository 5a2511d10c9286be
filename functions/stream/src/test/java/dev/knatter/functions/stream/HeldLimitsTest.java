package dev.knatter.functions.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import dev.knatter.adapter.stream.Close;
import dev.knatter.adapter.stream.StreamOptions;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;

final class HeldLimitsTest {
  private static final StreamOptions OPTIONS = StreamOptions.of(Outgoing.farewell(Bye.SLOW, Close.POLICY),
      Outgoing.farewell(Bye.TOO_MANY, Close.POLICY),
      millis -> Outgoing.farewell(Bye.reconnect(millis), Close.GOING_AWAY));

  @Test
  void variables_changeTheLimits_andNothingElseDoes() {
    assertThat(HeldLimits.of(OPTIONS, Env.of(Map.of()))).isEqualTo(OPTIONS);
    StreamOptions limited = HeldLimits.of(OPTIONS,
        Env.of(Map.of("KNATTER_MAX_HELD", "5000", "KNATTER_MAX_HELD_PER_USER", "3")));
    assertThat(limited.maxConnections()).isEqualTo(5_000);
    assertThat(limited.maxPerKey()).isEqualTo(3);
  }

  @Test
  void valueThatIsNoLimit_stopsTheStart_andIsNamed() {
    assertThatThrownBy(() -> HeldLimits.of(OPTIONS, Env.of(Map.of("KNATTER_MAX_HELD", "0"))))
      .isInstanceOf(IllegalStateException.class)
      .hasMessageContaining("KNATTER_MAX_HELD");
  }
}
