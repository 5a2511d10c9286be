package dev.knatter.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;

import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.chat.live.LiveFrame.Sync;
import dev.knatter.publishing.Live;
import org.junit.jupiter.api.Test;

/** Frames as the product writes them. */
final class FrameTextTest {
  private static String frame(Sync sync) {
    return new String(Live.writer().write(sync), StandardCharsets.UTF_8);
  }

  @Test
  void sync_hasItsCursorAndWhetherThereIsMore() {
    String more = frame(Sync.of("c-1_x", true));
    String last = frame(Sync.of("c-2_x", false));

    assertThat(FrameText.type(more)).isEqualTo("sync");
    assertThat(FrameText.cursor(more)).isEqualTo("c-1_x");
    assertThat(FrameText.hasMore(more)).isTrue();
    assertThat(FrameText.hasMore(last)).isFalse();
  }

  @Test
  void frameWithoutWhatIsLookedFor_isRefused() {
    String bye = new String(Live.writer().write(Bye.SLOW), StandardCharsets.UTF_8);

    assertThat(FrameText.type(bye)).isEqualTo("bye");
    assertThat(FrameText.type("[]")).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> FrameText.messageId(bye))
      .withMessageContaining("slow");
    assertThatIllegalStateException().isThrownBy(() -> FrameText.cursor(bye)).withMessageContaining("slow");
  }
}
