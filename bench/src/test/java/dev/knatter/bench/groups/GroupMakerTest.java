package dev.knatter.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;

import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GroupMakerTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  @Test
  void group_hasSoManyMembers() throws Exception {
    Env env = Env.of(stores.env());
    SchemaMain.apply(env);
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
        GroupMaker maker = new GroupMaker(cassandra, new TestUsers(System.currentTimeMillis()))) {
      MadeGroup small = maker.make(2);
      MadeGroup large = maker.make(130);
      assertThat(small.size()).isEqualTo(2);
      assertThat(large.others()).hasSize(129).doesNotHaveDuplicates().doesNotContain(large.sender().id());
      assertThat(large.sender()).isNotEqualTo(small.sender());
    }
  }
}
