package dev.knatter.shared.store.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlotTest {
  @Test
  void slot_ofTheSpecificationsExample_isItsChecksum() {
    assertThat(Slot.of("123456789")).isEqualTo(0x31C3); // Redis cluster specification, appendix A
  }

  @Test
  void slot_ofAKeyWithATag_isThatOfTheTag() {
    assertThat(Slot.of("{user1000}.following")).isEqualTo(Slot.of("user1000"));
    assertThat(Slot.of("foo{{bar}}zap")).isEqualTo(Slot.of("{bar"));
    assertThat(Slot.of("foo{bar}{zap}")).isEqualTo(Slot.of("bar"));
  }

  @Test
  void slot_ofAnEmptyOrOpenTag_isThatOfTheWholeKey() {
    assertThat(Slot.of("foo{}{bar}")).isNotEqualTo(Slot.of("bar"));
    assertThat(Slot.of("foo{bar")).isNotEqualTo(Slot.of("bar"));
  }
}
