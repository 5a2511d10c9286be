package dev.knatter.chat.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PageCacheTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final PageCache cache = new PageCache(stores.redis());
  private final Notifier notifier = new Notifier(stores.redis());
  private final Random random = new Random(4);
  private final UUID conversation = UUID.randomUUID();
  private int storeReads;

  private Page page(String content) {
    Message message = new Message(Uuid7.last(5), conversation, Uuid7.last(6), null, content, "text/plain",
        Uuid7.last(7), "key", 3, Instant.ofEpochMilli(8), null, true);
    UnsettledRange stretch = new UnsettledRange(Uuid7.floor(1), Uuid7.floor(2),
        KeySums.of(List.of(Uuid7.of(2, random.nextLong(), 3))));
    return new Page(List.of(message), new CursorPosition(Uuid7.floor(2), stretch),
        CursorPosition.at(Uuid7.floor(4)));
  }

  private Page older(Page stored) {
    return cache.upTo(conversation, Uuid7.last(9), 50, () -> {
      storeReads++;
      return stored;
    });
  }

  private void keep(Page stored) {
    older(stored);
    await().until(() -> {
      int before = storeReads;
      older(stored);
      return storeReads == before;
    });
  }

  @Test
  void pageAskedForAgainAndAgain_isReadOnce() {
    Page stored = page("h\u00e9 \ud83d\ude00 \u0000");
    keep(stored);
    int reads = storeReads;
    for (int i = 0; i < 20; i++) {
      assertThat(older(stored)).isEqualTo(stored);
    }
    assertThat(storeReads).isEqualTo(reads);
  }

  @Test
  void pageAskedForOnce_isNotKept() {
    older(page("one"));
    older(page("two"));
    assertThat(storeReads).isEqualTo(2);
  }

  @Test
  void pageReadBeforeAWrite_isNotFoundAfterIt() {
    keep(page("old"));
    notifier.conversationChanged(conversation, List.of());
    Page fresh = page("new");
    assertThat(older(fresh)).isEqualTo(fresh);
  }

  @Test
  void pageStoredByASlowReaderAfterAWrite_isNotFound() {
    keep(page("older"));
    notifier.conversationChanged(conversation, List.of());
    Page old = page("old");
    cache.upTo(conversation, Uuid7.last(9), 50, () -> {
      notifier.conversationChanged(conversation, List.of());
      return old;
    });
    Page fresh = page("new");
    for (int i = 0; i < 5; i++) {
      assertThat(older(fresh)).isEqualTo(fresh);
    }
  }

  @Test
  void pageStoredByASlowReaderAfterRedisForgotEverything_isNotFound() {
    keep(page("older"));
    notifier.conversationChanged(conversation, List.of());
    Page old = page("old");
    cache.upTo(conversation, Uuid7.last(9), 50, () -> {
      stores.flushRedis();
      notifier.conversationChanged(conversation, List.of()); // knows of no version, and leaves it so
      return old;
    });
    Page fresh = page("new");
    for (int i = 0; i < 5; i++) {
      assertThat(older(fresh)).isEqualTo(fresh);
    }
  }

  @Test
  void newestPage_livesASecondAtMost() {
    await().atMost(Duration.ofMinutes(1)).until(() -> {
      int before = storeReads;
      cache.newest(conversation, 50, () -> {
        storeReads++;
        return page("p");
      });
      return storeReads == before;
    });
    int reads = storeReads;
    await().pollInterval(Duration.ofMillis(50)).until(() -> {
      cache.newest(conversation, 50, () -> {
        storeReads++;
        return page("p");
      });
      return storeReads > reads;
    });
  }

  @Test
  void conversationWrittenMoreOftenThanRead_isNotKept() {
    older(page("p"));
    for (int i = 0; i < 50; i++) {
      notifier.conversationChanged(conversation, List.of());
    }
    for (int i = 0; i < 20; i++) {
      older(page("p"));
    }
    assertThat(storeReads).isEqualTo(21);
  }
}
