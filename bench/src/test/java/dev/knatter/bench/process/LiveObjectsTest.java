package dev.knatter.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.Reference;

import org.junit.jupiter.api.Test;

final class LiveObjectsTest {
  private static final int MUCH = 20_000_000;

  @Test
  void bytes_growByWhatIsKept() throws Exception {
    long pid = ProcessHandle.current().pid();
    long before = LiveObjects.bytes(pid);
    byte[] kept = new byte[MUCH];

    try {
      assertThat(LiveObjects.bytes(pid) - before).isBetween(MUCH / 2L, MUCH * 2L);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  @Test
  void bytes_ofNoJvm_saysWhatWasAnswered() {
    assertThatIllegalStateException().isThrownBy(() -> LiveObjects.bytes(Integer.MAX_VALUE))
      .withMessageContaining("jcmd");
  }
}
