package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.message.SliceWindow.Change;
import org.junit.jupiter.api.Test;

final class SliceWindowTest {
  private static final long NUMBER = 2_000;
  private static final long START = NUMBER * SliceWindow.LENGTH;
  private static final UUID BUSY = new UUID(1, 1);
  private static final UUID QUIET = new UUID(2, 2);

  private static Change change(Duration startsAt, Duration length, Duration notice) {
    long at = START + startsAt.toMillis();
    return new Change(BUSY, at, length.toMillis(), at - notice.toMillis());
  }

  @Test
  void quietConversation_hasOneSliceAWindow() {
    SliceWindow window = SliceWindow.of(NUMBER,
        List.of(change(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5))));

    assertThat(window.slice(QUIET, START)).isEqualTo(START);
    assertThat(window.slice(QUIET, START + SliceWindow.LENGTH - 1)).isEqualTo(START);
    assertThat(window.end(QUIET, START)).isEqualTo(START + SliceWindow.LENGTH);
  }

  @Test
  void busyConversation_hasShorterSlicesFromTheAnnouncedMomentOn() {
    long from = START + Duration.ofDays(1).toMillis() + 7;
    SliceWindow window = SliceWindow.of(NUMBER,
        List.of(change(Duration.ofDays(1).plusMillis(7), Duration.ofHours(1), Duration.ofMinutes(5))));

    assertThat(window.slice(BUSY, from - 1)).isEqualTo(START);
    assertThat(window.end(BUSY, START)).isEqualTo(from);
    assertThat(window.slice(BUSY, from)).isEqualTo(from);
    assertThat(window.slice(BUSY, from + Duration.ofMinutes(90).toMillis()))
      .isEqualTo(from + Duration.ofHours(1).toMillis());
  }

  @Test
  void possibleSlices_areThoseOfEachPartOfTheHistory() {
    SliceWindow window = SliceWindow.of(NUMBER,
        List.of(change(Duration.ofDays(1), Duration.ofDays(1), Duration.ofMinutes(5)),
            change(Duration.ofDays(2), Duration.ofHours(1), Duration.ofMinutes(5)),
            change(Duration.ofDays(4), Duration.ofMinutes(5), Duration.ofMinutes(5))));
    long moment = START + Duration.ofDays(3).plusMinutes(90).toMillis();

    assertThat(window.possibleSlices(BUSY, moment)).containsExactlyInAnyOrder(START,
        START + Duration.ofDays(3).toMillis(), START + Duration.ofDays(3).plusHours(1).toMillis());
    assertThat(window.possibleSlices(BUSY, moment)).contains(window.slice(BUSY, moment));
    assertThat(window.possibleSlices(QUIET, moment)).containsExactly(START);
  }

  @Test
  void changeWrittenTooLateToBeKnownEverywhere_doesNotCount() {
    SliceWindow window = SliceWindow.of(NUMBER,
        List.of(change(Duration.ofDays(1), Duration.ofHours(1), SliceWindow.NOTICE.minusMillis(1))));

    assertThat(window.slice(BUSY, START + Duration.ofDays(2).toMillis())).isEqualTo(START);
  }

  @Test
  void slices_ofAnyHistory_coverTheWindowOnce() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Change> history = random.longs(random.nextInt(5), 0, SliceWindow.LENGTH)
        .mapToObj(at -> change(Duration.ofMillis(at),
            Duration.ofSeconds(List.of(300, 3_600, 86_400).get(random.nextInt(3))), Duration.ofMinutes(5)))
        .toList();
      SliceWindow window = SliceWindow.of(NUMBER, history);
      long moment = START;
      while (moment < START + SliceWindow.LENGTH) {
        long end = window.end(BUSY, moment);
        assertThat(window.slice(BUSY, moment)).as("%s", history).isEqualTo(moment);
        assertThat(window.slice(BUSY, end - 1)).as("%s", history).isEqualTo(moment);
        moment = end;
      }
      assertThat(moment).isEqualTo(START + SliceWindow.LENGTH);
    }
  }
}
