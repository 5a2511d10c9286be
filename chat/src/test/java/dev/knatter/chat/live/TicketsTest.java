package dev.knatter.chat.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideSession;
import dev.knatter.testing.MovableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TicketsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Identity ADA = new Identity(UUID.randomUUID(), "ada", UUID.randomUUID());

  private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());
  private final Tickets tickets = tickets(1);

  /** The first command of a client waits for its connection, and gives up early. */
  @BeforeAll
  static void connect() {
    Tickets tickets = tickets(1, Clock.systemUTC());
    await().ignoreExceptions().until(() -> !tickets.issue(ADA).ticket().isEmpty());
  }

  private Tickets tickets(int key) {
    return tickets(key, clock);
  }

  private static Tickets tickets(int key, Clock clock) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    Env env = Env.of(Map.of("KNATTER_CURSOR_KEY", Base64.getEncoder().encodeToString(bytes)));
    return Tickets.from(env, stores.redis(), clock);
  }

  @Test
  void ticket_isGoodOnce() {
    String ticket = tickets.issue(ADA).ticket();
    assertThat(tickets.redeem(ticket)).isEqualTo(ADA);
    assertThatThrownBy(() -> tickets.redeem(ticket)).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void ticket_ofAnOutsideSession_namesIt() {
    Identity outside = new Identity(UUID.randomUUID(), "grace",
        new OutsideSession(UUID.randomUUID(), UUID.randomUUID(), Instant.ofEpochSecond(1_700_000_000)));
    assertThat(tickets.redeem(tickets.issue(outside).ticket())).isEqualTo(outside);
  }

  @Test
  void ticket_afterItsTime_isGoodForNothing() {
    Tickets.Issued issued = tickets.issue(ADA);
    clock.set(issued.expiresAt().plusMillis(1));
    assertThatThrownBy(() -> tickets.redeem(issued.ticket())).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void inventedTicket_andOneThatSomebodyHasWrittenIntoRedis_areRefused() {
    assertThatThrownBy(() -> tickets.redeem("invented")).isInstanceOf(Unauthenticated.class);
    String forged = tickets(2).issue(ADA).ticket(); // whoever can write to Redis does not have the key
    assertThatThrownBy(() -> tickets.redeem(forged)).isInstanceOf(Unauthenticated.class);
  }
}
