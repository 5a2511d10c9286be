package dev.knatter.chat.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.HistoryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether who was away in a group has in the end what those have who were there, and nobody has more than they may see. */
final class ChangingGroupTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final List<Integer> SIZES = List.of(3, 64, 65, 1_000);
  private static final int CHECKED = 20;

  private static void run(int size, int steps, HistoryPolicy history, long seed) {
    try (ChangingGroup group = new ChangingGroup(stores, size, history, seed)) {
      for (int i = 0; i < steps; i++) {
        group.step();
      }
      group.finish();
      check(group, seed);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(size + " members, history " + history + ", seed " + seed, e);
    }
  }

  private static void check(ChangingGroup group, long seed) {
    int _ = group.there.read();
    int _ = group.away.read();
    assertThat(GroupModel.states(group.there.messages())).as("who was there").isEqualTo(group.model.states());
    assertThat(GroupModel.states(group.away.messages())).as("who was away").isEqualTo(group.model.states());
    assertThat(group.timeline()).as("the conversation").isEqualTo(group.model.states());

    List<UUID> members = new ArrayList<>(group.model.members.keySet());
    Collections.shuffle(members, new Random(seed));
    for (UUID member : members.subList(0, Math.min(CHECKED, members.size()))) {
      assertThat(group.inbox(member)).as("a member")
        .containsAllEntriesOf(group.model.due(member))
        .allSatisfy((id, state) -> assertThat(state).isEqualTo(group.model.state(id)))
        .allSatisfy((id, _) -> assertThat(group.model.maySee(member, id)).isTrue());
    }
    assertThat(group.model.gone.stream().limit(CHECKED)).as("who has gone")
      .allSatisfy(user -> assertThat(group.inbox(user)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"3, 40, SINCE_JOINING", "64, 20, ALL", "65, 20, SINCE_JOINING", "300, 8, ALL"})
  void whoWasAway_hasWhatTheOthersHave(int size, int steps, HistoryPolicy history) {
    run(size, steps, history, size);
  }

  /** The long version: {@code -Dknatter.soak=SECONDS}. */
  @Test
  void whoWasAway_hasWhatTheOthersHaveForAsLongAsAsked() {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("knatter.soak", 0)).toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      int size = SIZES.get((int) (Math.abs(seed) % SIZES.size()));
      HistoryPolicy history = seed % 8 < SIZES.size() ? HistoryPolicy.ALL : HistoryPolicy.SINCE_JOINING;
      run(size, size > 65 ? 30 : 100, history, seed);
    }
  }
}
