package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.group.Groups.Done;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConcurrentCommandsTest {
  private static final int PROCESSES = 4;
  private static final int COMMANDS = 64;
  private static final int MOST_ATTEMPTS = 20;

  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  /** What a client does: it sends the same command under the same key until it is answered. */
  private static Done untilAnswered(Supplier<Done> command) {
    for (int attempt = 1; true; attempt++) {
      try {
        return Deadline.renewed(command);
      } catch (Unavailable e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void sixtyFourCommandsAtOnce_leaveNoGapAndNoDouble_andEachAnswerAgreesWithTheLog() throws Exception {
    List<GroupFixture> processes = IntStream.range(0, PROCESSES)
      .mapToObj(i -> new GroupFixture(stores, i))
      .toList();
    UUID ada = processes.getFirst().ada;
    UUID group = processes.getFirst().create();
    List<Done> answers = together(IntStream.range(0, COMMANDS)
      .<Callable<Done>>mapToObj(i -> () -> untilAnswered(() -> processes.get(i % PROCESSES).groups
        .change(group, by(ada, "key " + i), "name " + i, null)))
      .toList());

    List<GroupEvent> events = processes.getFirst().events(group);
    assertThat(events).extracting(GroupEvent::version).isEqualTo(GroupFixture.upTo(COMMANDS + 1));
    assertThat(events.stream().skip(1).map(event -> event.change().name())).doesNotHaveDuplicates();
    assertThat(answers).allSatisfy(answer -> {
      String name = events.get(answer.state().version() - 1).change().name();
      assertThat(answer.state().name()).isEqualTo(name);
    });
    assertThat(processes.getFirst().queries.require(ada, group).group()).satisfies(found -> {
      assertThat(found).isNotNull();
      assertThat(found.version()).isEqualTo(COMMANDS + 1);
      assertThat(found.name()).isEqualTo(events.getLast().change().name());
    });
    processes.forEach(GroupFixture::close);
  }

  @Test
  void oneCommandSentByManyAtOnce_isOneEvent() throws Exception {
    List<GroupFixture> processes = IntStream.range(0, PROCESSES)
      .mapToObj(i -> new GroupFixture(stores, i))
      .toList();
    UUID ada = processes.getFirst().ada;
    List<Done> created = together(IntStream.range(0, 12)
      .<Callable<Done>>mapToObj(i -> () -> untilAnswered(() -> processes.get(i % PROCESSES).groups
        .create(by(ada, "same"), GroupFixture.wanted())))
      .toList());
    assertThat(created.stream().map(done -> done.state().id()).distinct()).hasSize(1);
    assertThat(processes.getFirst().events(created.getFirst().state().id())).hasSize(1);
    processes.forEach(GroupFixture::close);
  }
}
