package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.delivery.ChunkedFanOut;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.publication.Publications;
import org.jspecify.annotations.Nullable;

/**
 * Two processes that send, on a clock of the test's: one that lives on, and one that stops after each commit. They remember
 * members for as long as the product does, but by the clock of the test, which is much faster.
 */
final class SendingProcesses {
  /** Together with the longest step that follows a look at it, shorter than the product remembers members. */
  private static final long REMEMBERED_MILLIS = 3_000;

  private final MigratedStores stores;
  private final GroupFixture fixture;
  private final Random random;
  private final List<Memberships> known = new ArrayList<>();
  private long knownSince;
  private @Nullable ChunkedFanOut fanOut;
  private List<MessageLog> logs = List.of();
  private int next;

  SendingProcesses(MigratedStores stores, GroupFixture fixture, Random random) {
    this.stores = stores;
    this.fixture = fixture;
    this.random = random;
    begin();
  }

  /** Waits until no commit is under way. */
  void finish() {
    if (fanOut != null) {
      fanOut.close();
      fanOut = null;
    }
  }

  void begin() {
    if (known.isEmpty() || fixture.clock.millis() - knownSince > REMEMBERED_MILLIS) {
      known.clear();
      for (int i = 0; i < 3; i++) {
        known.add(new Memberships(fixture.cassandra));
      }
      knownSince = fixture.clock.millis();
    }
    fanOut = new ChunkedFanOut(known.getLast(),
        new MessageReentry(fixture.cassandra, fixture.slices, fixture.outbox), new Notifier(stores.redis()));
    logs = List.of(log(fanOut), log(FanOut.LEFT_TO_SWEEP));
  }

  private MessageLog log(FanOut fanOutOfProcess) {
    return new MessageLog(fixture.cassandra, fixture.clock, random, fixture.slices, fixture.outbox,
        Publications.NONE, fanOutOfProcess);
  }

  /** Whom a message reaches, as far as the next process knows. */
  Audience audience(UUID group, UUID sender) {
    next = random.nextInt(logs.size());
    Memberships memberships = known.get(next);
    return memberships.audience(memberships.require(group, sender));
  }

  /** By the process that has made the audience. */
  Message send(Draft draft, UUID clientId) {
    return logs.get(next).append(draft, clientId).message();
  }
}
