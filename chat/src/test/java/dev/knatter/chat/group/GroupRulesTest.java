package dev.knatter.chat.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Members;
import dev.knatter.chat.conversation.Role;
import dev.knatter.shared.DomainError.Forbidden;
import org.junit.jupiter.api.Test;

/** The bounds of a group, which would take long to reach. */
final class GroupRulesTest {
  private static final UUID ADA = new UUID(0, 1);
  private static final UUID OTHER = new UUID(1, 1);

  private static GroupState state(int version, int members, int joins) {
    Map<UUID, GroupMember> all = new LinkedHashMap<>();
    for (int i = 1; i <= members; i++) {
      UUID user = new UUID(0, i);
      all.put(user, new GroupMember(user, i == 1 ? Role.OWNER : Role.MEMBER, 1, Instant.EPOCH, null));
    }
    return new GroupState(UUID.randomUUID(), version, "Engines", Instant.EPOCH, HistoryPolicy.ALL, 0,
        LongestRetention.FOR_EVER, all, joins, null);
  }

  @Test
  void fullGroup_takesNobodyMore() {
    assertThat(GroupRules.add(state(1, Members.MAX - 1, 0), ADA, List.of(OTHER), Role.MEMBER)).isNotNull();
    assertThatThrownBy(() -> GroupRules.add(state(1, Members.MAX, 0), ADA, List.of(OTHER), Role.MEMBER))
      .isInstanceOf(Forbidden.class);
    assertThatThrownBy(
        () -> GroupRules.add(state(1, 2, GroupRules.MAX_JOINS), ADA, List.of(OTHER), Role.MEMBER))
      .isInstanceOf(Forbidden.class);
  }

  @Test
  void groupThatHasChangedTooOften_canOnlyShrinkAndEnd() {
    GroupState old = state(GroupRules.MAX_VERSION, 3, 0);
    UUID second = new UUID(0, 2);
    assertThatThrownBy(() -> GroupRules.change(old, ADA, "Looms", null)).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> GroupRules.add(old, ADA, List.of(OTHER), Role.MEMBER))
      .isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> GroupRules.changeRole(old, ADA, second, Role.MODERATOR))
      .isInstanceOf(Forbidden.class);
    assertThat(GroupRules.remove(old, ADA, second).users()).containsExactly(second);
    assertThat(GroupRules.leave(old, ADA).successor()).isEqualTo(second);
    assertThat(GroupRules.delete(old, ADA).kind()).isEqualTo(GroupEventKind.DELETED);
  }

  @Test
  void snapshot_isTheStateAgain() {
    GroupState state = state(7, 100, 12);
    assertThat(SnapshotCodec.decode(state.id(), SnapshotCodec.encode(state))).contains(state);
    assertThat(SnapshotCodec.encode(state(7, Members.MAX, 0)).remaining()).isLessThan(600_000);
  }
}
