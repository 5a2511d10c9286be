package dev.knatter.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.bench.groups.GroupPoint.Times;
import dev.knatter.bench.report.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupReportTest {
  private static final Spread SPREAD = new Spread(2, 1, 3);

  @Test
  void table_hasALineForEachGroup() {
    List<GroupPoint> points = IntStream.of(2, 10_000)
      .mapToObj(members -> new GroupPoint(members, new Times(SPREAD, SPREAD), new Times(SPREAD, SPREAD),
          new Spread(1.1, 1, 1.2)))
      .toList();
    assertThat(GroupReport.table(points).lines()).hasSize(3)
      .last()
      .asString()
      .containsSubsequence("10,000", "2.0 (1.0–3.0)", "1.10", "2.0 (1.0–3.0)");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "64, 1", "65, 2", "9999, 157"})
  void probes_areTheLastOfEachCommit(int others, int commits) {
    List<UUID> members = IntStream.range(0, others).mapToObj(i -> new UUID(i, i)).toList();
    assertThat(InboxProbes.probes(members)).hasSize(commits).endsWith(members.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sizes 1", "--sizes 2,10001", "--members 3"})
  void options_thatCannotBeMeasured_areRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> GroupOptions.parse(List.of(line.split(" ", -1))));
  }
}
