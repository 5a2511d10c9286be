package dev.knatter.chat.erasure;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Bindings.Subject;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.PublicKeys;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.deadletter.DeadLettersOfUser;
import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.chat.group.ConversationsOfUser;
import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.live.LiveRecords;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.token.Revoker;
import org.jspecify.annotations.Nullable;

/**
 * Closes an account: from then on nobody can log in to it, find it or write to it, and its data is deleted. The
 * account row is emptied but stays until the last pass, so that a registration which checked the erased names just
 * before still finds the name taken.
 */
final class AccountClosing {
  private static final int ATTEMPTS = 5;

  private final Cassandra cassandra;
  private final Sessions sessions;
  private final PublicKeys keys;
  private final PhoneNumbers phoneNumbers;
  private final Blocks blocks;
  private final Bindings bindings;
  private final DeadLettersOfUser deadLetters;
  private final Webhooks webhooks;
  private final ConversationsOfUser groups;
  private final ReadMarks marks;
  private final LiveRecords live;
  private final PasswordThrottle throttle;
  private final Admission admission;
  private final ErasureOrders orders;
  private final ErasureReports reports;
  private final Cql reserveName;
  private final Cql select;
  private final Cql empty;
  private final Cql emptyWithoutNumber;
  private final Cql deleteAccount;
  private final Cql deleteUser;

  AccountClosing(Cassandra cassandra, Redis redis, Clock clock) {
    this.cassandra = cassandra;
    this.sessions = new Sessions(cassandra, new Revoker(cassandra, new Uuid7(clock)));
    this.keys = new PublicKeys(cassandra);
    this.phoneNumbers = new PhoneNumbers(cassandra);
    this.blocks = new Blocks(cassandra, new UserInvalidations(redis));
    this.bindings = new Bindings(cassandra);
    this.deadLetters = new DeadLettersOfUser(cassandra);
    this.webhooks = new Webhooks(cassandra, clock);
    this.groups = new ConversationsOfUser(cassandra);
    this.marks = new ReadMarks(cassandra);
    this.live = new LiveRecords(redis);
    this.throttle = new PasswordThrottle(redis, RateLimit.LOGIN);
    this.admission = new Admission(redis);
    this.orders = new ErasureOrders(cassandra);
    this.reports = new ErasureReports(cassandra);
    this.reserveName = cassandra.cql("INSERT INTO erased_names (name_hash) VALUES (?)");
    this.select = cassandra.serialRead("SELECT user_id, phone_number FROM accounts WHERE username = ?");
    String all = "DELETE user_id, password_hash, display_name, phone_number, created_at, blocked FROM accounts"
        + " WHERE username = ? IF user_id = ? AND phone_number = ";
    this.empty = cassandra.conditional(all + "?");
    this.emptyWithoutNumber = cassandra.conditional(all + "null");
    this.deleteAccount = cassandra
      .conditional("DELETE FROM accounts WHERE username = ? IF user_id = null");
    this.deleteUser = cassandra.cql("DELETE FROM users WHERE user_id = ?");
  }

  /** Counts the data of the account and closes it. If that has begun before, continues it. */
  ErasureProgress begin(ErasureOrder order) {
    ErasureProgress before = reports.find(order.erasureId());
    ErasureProgress begun = before == null
        ? reports.begin(ErasureProgress.first(order, count(order.userId(), order.username())))
        : before;
    close(order);
    return begun;
  }

  private Map<Kind, Long> count(UUID user, String username) {
    Map<Kind, Long> found = new EnumMap<>(Kind.class);
    found.put(Kind.SESSIONS, (long) sessions.count(user));
    found.put(Kind.PUBLIC_KEYS, (long) keys.of(user).size());
    found.put(Kind.PHONE_NUMBERS, number(user, username) == null ? 0L : 1L);
    found.put(Kind.BLOCKS, (long) blocks.of(user).size());
    found.put(Kind.OUTSIDE_IDENTITIES, (long) bindings.of(user).size());
    found.put(Kind.DEAD_LETTERS, deadLetters.count(user));
    found.put(Kind.WEBHOOKS, (long) webhooks.count(user));
    found.put(Kind.GROUPS, (long) groups.count(user));
    return found;
  }

  /** Closes the account. May be repeated. */
  void close(ErasureOrder order) {
    UUID user = order.userId();
    ByteBuffer hash = order.nameHash();
    cassandra.execute(reserveName.bind(hash));
    sessions.endAllOfErased(user);
    emptyAccount(order);
    cassandra.execute(deleteUser.bind(user));
    keys.deleteAll(user);
    webhooks.deleteAll(user);
    marks.deleteAll(user);
    List<Subject> subjects = bindings.of(user);
    subjects.forEach(subject -> bindings.remove(subject, user));
    live.forget(user);
    throttle.forget(order.username());
    admission.forget(order.username());
    admission.forget(user.toString());
  }

  /** Deletes the account row with the name. From then on only the name's HMAC is stored. */
  void deleteName(ErasureOrder order) {
    Row _ = cassandra.one(deleteAccount.bind(order.username()));
  }

  private void emptyAccount(ErasureOrder order) {
    order.phoneNumbers().forEach(number -> phoneNumbers.release(order.userId(), number));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Row row = cassandra.one(select.bind(order.username()));
      if (row == null || !order.userId().equals(row.getUuid("user_id"))) {
        return; // done
      }
      String number = row.getString("phone_number");
      if (number == null) {
        Row _ = cassandra.one(emptyWithoutNumber.bind(order.username(), order.userId()));
      } else {
        // Stored first: a request may be claiming the number at this moment, and only this order leads to that claim.
        orders.addPhoneNumber(order, number);
        phoneNumbers.release(order.userId(), number);
        Row _ = cassandra.one(empty.bind(order.username(), order.userId(), number));
      }
    }
    throw new Unavailable("The account is being changed elsewhere at this moment.");
  }

  private @Nullable String number(UUID user, String username) {
    Row row = cassandra.one(select.bind(username));
    return row == null || !user.equals(row.getUuid("user_id")) ? null : row.getString("phone_number");
  }
}
