package dev.knatter.shared.store.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChannelsTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private final Channels channels = new Channels(ChannelsTest::address, _ -> {});
  private final Server speaker = Server.open(address());

  private static Address address() {
    return new Address("127.0.0.1", stores.redis().port(), Optional.empty(), Optional.empty());
  }

  @AfterEach
  void close() {
    stores.redis().restore();
    channels.close();
    speaker.close();
  }

  private long say(String channel) throws Exception {
    return speaker.ask("", Command.of("PUBLISH", channel, "")) instanceof Long heard ? heard : -1;
  }

  @Test
  void message_ringsAllWhoListenThere_andNobodyElse() throws Exception {
    AtomicInteger one = new AtomicInteger();
    AtomicInteger two = new AtomicInteger();
    AtomicInteger elsewhere = new AtomicInteger();
    channels.listen("here", one::incrementAndGet);
    channels.listen("here", two::incrementAndGet);
    Channels.Listener there = channels.listen("there", elsewhere::incrementAndGet);

    assertThat(there.hears()).isTrue();
    assertThat(say("here")).isEqualTo(1);
    await().until(() -> one.get() == 1 && two.get() == 1);
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void lastOneToLeave_endsTheSubscription() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    Channels.Listener one = channels.listen("left", rung::incrementAndGet);
    Channels.Listener other = channels.listen("left", rung::incrementAndGet);
    one.close();
    assertThat(say("left")).isEqualTo(1);
    await().until(() -> rung.get() == 1);
    other.close();
    await().until(() -> say("left") == 0);
  }

  @Test
  void connectionCut_isMadeAnew_andEverybodyIsRung() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    Channels.Listener listener = channels.listen("cut", rung::incrementAndGet);
    stores.redis().cut();
    await().until(() -> !listener.hears());
    stores.redis().restore();

    await().until(() -> listener.hears() && rung.get() >= 1);
    int before = rung.get();
    await().until(() -> say("cut") == 1);
    await().until(() -> rung.get() > before);
  }

  @Test
  void connectionThatSaysNothingAnyMore_isFoundOut() throws Exception {
    Channels.Listener listener = channels.listen("stalled", () -> {});
    stores.redis().stall();
    await().until(() -> !listener.hears());
    stores.redis().restore();
    await().until(listener::hears);
    assertThat(List.of(say("stalled"))).isNotEmpty();
  }
}
