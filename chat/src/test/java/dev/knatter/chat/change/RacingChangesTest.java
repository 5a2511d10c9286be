package dev.knatter.chat.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Several processes edit and delete one message, a thousand times. Their steps are mixed by chance, their clocks differ by
 * up to two seconds, and some of them die between two steps. What comes of it is compared with a model: each change that was
 * answered has a version of its own, and nothing follows a deletion. In the end everybody's inbox tells of the last state.
 */
final class RacingChangesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final int LANES = 8;
  /** A thousand in all under {@code -Dknatter.soak}. */
  private static final int RACES_OF_A_LANE = Integer.getInteger("knatter.soak") == null ? 40 : 125;
  private static final int WRITERS = 3;
  private static final int KILL_ONE_IN = 25;

  private final Instant now = Clock.systemUTC().instant();
  private final PausingClock readersClock = new PausingClock(Duration.ZERO);
  private final Pages pages = new Pages(stores.cassandra(), readersClock,
      new Slices(stores.cassandra(), readersClock), new PageCache(stores.redis()));

  /** One of the processes. The hook of its clock lets the others run. */
  private record Pod(PausingClock clock, Changer changer) {}

  /** What became of a command. answer: null if the process died, or if the outcome was not known to it. */
  private record Outcome(boolean deletion, @Nullable String content, @Nullable Message answer,
      boolean refused) {}

  /** What a message became, and two readers: one who was there, and one who was away meanwhile. */
  private record Race(long seed, Message sent, List<Outcome> outcomes, Follower there, Follower away) {}

  @Test
  void editsAndDeletions_whateverTheirOrder_agreeWithTheModelAndReachEverybody() throws Exception {
    stores.beginSweep("", now);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Changer sweeper = new Changer(stores.cassandra(), stores.redis(), readersClock)) {
      List<List<Race>> lanes = new ArrayList<>();
      for (Future<List<Race>> lane : threads
        .invokeAll(
            IntStream.range(0, LANES).<Callable<List<Race>>>mapToObj(lane -> () -> lane(lane)).toList())) {
        lanes.add(lane.get());
      }
      readersClock.set(Duration.ofMinutes(2));
      assertThat(sweeper.sweep.run(Duration.ofMinutes(5)).complete()).isTrue();
      for (Future<Integer> refused : threads
        .invokeAll(lanes.stream().<Callable<Integer>>map(lane -> () -> check(lane, sweeper)).toList())) {
        assertThat(refused.get()).isPositive();
      }
    }
  }

  /** Returns how many commands were refused because of a deletion. */
  private static int check(List<Race> races, Changer changer) {
    int refused = 0;
    for (Race race : races) {
      Message found = changer.find(race.sent());
      assertAgrees(race, found);
      int _ = race.away().read();
      int _ = race.there().read();
      assertThat(race.away().messages()).as("race %d", race.seed())
        .containsEntry(found.id(), found)
        .isEqualTo(race.there().messages());
      refused += (int) race.outcomes().stream().filter(Outcome::refused).count();
    }
    return refused;
  }

  private List<Race> lane(int lane) {
    Random random = new Random(lane);
    List<Pod> processes = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      PausingClock clock = new PausingClock(Duration.ofMillis(random.nextInt(1_900) - 950));
      processes
        .add(new Pod(clock, new Changer(stores.cassandra(i), stores.redis(), clock, random.nextLong(),
            (_, _) -> true, Publications.NONE, (_, _) -> {})));
    }
    List<Race> races = new ArrayList<>();
    for (int i = 0; i < RACES_OF_A_LANE; i++) {
      races.add(race(lane * 1_000L + i, processes));
    }
    processes.forEach(process -> process.changer().close());
    return races;
  }

  private Race race(long seed, List<Pod> processes) {
    Random random = new Random(seed);
    Changer first = processes.getFirst().changer();
    UUID ada = first.ids.mint();
    UUID grace = first.ids.mint();
    Message sent = first.send(Conversation.direct(ada, grace), ada, "first");
    Follower there = new Follower(pages, ada);
    Follower away = new Follower(pages, grace);
    List<Outcome> outcomes = new ArrayList<>();
    List<Turns.Writer> writers = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      writers.add(writer(processes.get(i), sent, ada, commands(random, i), outcomes));
    }
    new Turns(random, KILL_ONE_IN).run(writers);
    processes.forEach(process -> process.clock().hook(() -> {}));
    int _ = there.read();
    return new Race(seed, sent, outcomes, there, away);
  }

  /** One or two of a writer; null stands for a deletion, a text for an edit. */
  private static List<@Nullable String> commands(Random random, int writer) {
    List<@Nullable String> commands = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      commands.add(random.nextInt(4) == 0 ? null : "writer " + writer + ", " + i);
    }
    return commands;
  }

  private static Turns.Writer writer(Pod process, Message sent, UUID ada,
      List<@Nullable String> commands, List<Outcome> outcomes) {
    Turns.Writer[] self = new Turns.Writer[1];
    Turns.Writer writer = new Turns.Writer(() -> {
      process.clock().hook(() -> self[0].pause());
      for (String command : commands) {
        int place = outcomes.size();
        outcomes.add(new Outcome(command == null, command, null, false)); // if it dies
        outcomes.set(place, outcome(process.changer(), sent, ada, command));
      }
    });
    self[0] = writer;
    return writer;
  }

  private static Outcome outcome(Changer changer, Message sent, UUID ada, @Nullable String content) {
    try {
      return new Outcome(content == null, content,
          content == null ? changer.delete(ada, sent) : changer.edit(ada, sent, content), false);
    } catch (NotFound _) {
      return new Outcome(content == null, content, null, true);
    } catch (Unavailable _) {
      return new Outcome(content == null, content, null, false);
    }
  }

  private static void assertAgrees(Race race, Message found) {
    String name = "race " + race.seed() + ": " + race.outcomes();
    Map<Integer, Message> states = new HashMap<>();
    int begun = 0;
    boolean anyDeletion = false;
    boolean deletionAnswered = false;
    boolean anyUnknown = false;
    for (Outcome outcome : race.outcomes()) {
      Message answer = outcome.answer();
      anyDeletion |= outcome.deletion();
      begun += outcome.refused() ? 0 : 1;
      anyUnknown |= answer == null && !outcome.refused();
      if (answer != null) {
        assertThat(answer.isDeleted()).as(name).isEqualTo(outcome.deletion());
        assertThat(answer.content()).as(name).isEqualTo(outcome.deletion() ? "" : outcome.content());
        assertThat(states.computeIfAbsent(answer.version(), _ -> answer)).as(name).isEqualTo(answer);
        deletionAnswered |= outcome.deletion();
      }
    }
    int last = states.keySet().stream().mapToInt(Integer::intValue).max().orElse(Message.FIRST_VERSION);
    assertThat(found.version()).as(name).isBetween(last, Message.FIRST_VERSION + begun);
    assertThat(found.version() == last || anyUnknown).as(name).isTrue();
    if (states.containsKey(found.version())) {
      assertThat(found).as(name).isEqualTo(states.get(found.version()));
    }
    states.forEach((version, state) -> assertThat(!state.isDeleted() || version == found.version()).as(name)
      .isTrue());
    assertThat(found.isDeleted() || !deletionAnswered).as(name).isTrue();
    assertThat(!found.isDeleted() || anyDeletion).as(name).isTrue();
    assertThat(race.outcomes().stream().noneMatch(Outcome::refused) || found.isDeleted()).as(name).isTrue();
  }
}
