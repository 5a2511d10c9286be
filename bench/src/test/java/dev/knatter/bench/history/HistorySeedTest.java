package dev.knatter.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HistorySeedTest {
  private static final int PAGE = 12;

  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  @Test
  void history_isThereAsTheProductFindsIt() throws Exception {
    Env env = Env.of(stores.env());
    SchemaMain.apply(env);
    TestUsers users = new TestUsers(System.currentTimeMillis());
    long newest = System.currentTimeMillis() - 600_000;
    StoredHistory sparse = StoredHistory.sparse(users, 0, newest);
    StoredConversation first = sparse.conversations().getFirst();
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
        Redis redis = Redis.open(RedisSettings.from(env))) {
      new HistorySeed(cassandra).write(new StoredHistory(sparse.name(), List.of(first)));

      Pages pages = new Pages(cassandra, Clock.systemUTC(), new Slices(cassandra, Clock.systemUTC()),
          new PageCache(redis));
      for (HistoryPlace place : HistoryPlace.values()) {
        int at = place.first(first.count(), PAGE, 1, 3);
        Page page = pages.before(Scope.conversation(first.pair().conversation().id()),
            CursorPosition.at(first.id(at)), PAGE);
        assertThat(page.messages()).as("%s", place).extracting(Message::id).containsExactly(ids(first, at));
      }
    }
  }

  private static UUID[] ids(StoredConversation conversation, int at) {
    return IntStream.range(at, at + PAGE).mapToObj(conversation::id).toArray(UUID[]::new);
  }
}
