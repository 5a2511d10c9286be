package dev.knatter.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;

import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RedisCommands;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.account.Usernames;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SeedTest {
  private static final int SIZE = 250;

  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  @Test
  void seed_ofSoMany_isThereAsTheProductFindsIt() throws IOException, InterruptedException {
    Env env = Env.of(stores.env());
    SchemaMain.apply(env);
    TestUsers users = new TestUsers(System.currentTimeMillis());
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC())) {
      Seed seed = new Seed(cassandra);
      seed.users(users, SIZE);
      seed.messages(users, SIZE);

      Person last = Seed.user(users, SIZE - 1);
      assertThat(new Usernames(cassandra).id(last.name())).contains(last.id());
      assertThat(new Usernames(cassandra).id(users.people().getFirst().name())).isPresent();
    }
    Seed.cachedConversations(new RedisCommands(stores.redisProcess()), SIZE);

    assertThat(count("accounts")).isEqualTo(SIZE);
    assertThat(count("timeline")).isEqualTo(2L * users.people().size()); // not less, and the same for each
    assertThat(count("inbox")).isEqualTo(2 * count("timeline"));
  }

  private static long count(String table) {
    return stores.session().execute("SELECT count(*) FROM " + table).one().getLong(0);
  }
}
