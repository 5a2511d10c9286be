package dev.knatter.chat.account;

import java.time.Duration;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.chat.account.Bindings.Binding;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.OutsideNameRefused;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of people who log in at an outside issuer. At their first call they get an account without a password,
 * named after their {@code preferred_username} if nobody has that name. They never get an existing account, whatever
 * its name. They keep their account when the issuer renames them.
 *
 * <p>Creating an account takes two claims, in this order: the binding, which decides a user id and a name, and the
 * name. If a process stops between the two, the next call finds the binding and claims the name for it. If somebody
 * else has that name by then, the binding is removed.
 */
public final class OutsideAccounts {
  private static final int REMEMBERED = 20_000;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final StripedLock locks = new StripedLock();
  private final Bindings bindings;
  private final NameClaims names;
  private final Uuid7 ids;
  private final Cache<Key, Account> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  private record Key(String issuer, String subject) {}

  public OutsideAccounts(Cassandra cassandra, Uuid7 ids, ErasedNames erased, Publications publications) {
    this.bindings = new Bindings(cassandra);
    this.names = new NameClaims(cassandra, erased, publications);
    this.ids = ids;
  }

  /**
   * The identity of a person whom the issuer vouches for, in their session there.
   *
   * @throws OutsideNameRefused if the person has no account and cannot have one under their name at the issuer
   * @throws Unavailable        if the outcome is unknown; the next call finds out
   */
  public Identity identity(OutsideIdentity who) {
    Key key = new Key(who.issuer(), who.subject());
    Account account = known.getIfPresent(key);
    if (account == null) {
      account = find(key, who);
    }
    return new Identity(account.userId(), account.username().value(), who.session())
      .asOperator(who.operator());
  }

  private Account find(Key key, OutsideIdentity who) {
    Binding binding = bindings.find(who);
    if (binding != null && ownsName(binding)) {
      return remember(key, account(binding));
    }
    return locks.withLock(key.toString(), () -> {
      Account made = known.getIfPresent(key);
      return made == null ? remember(key, make(who)) : made;
    });
  }

  private Account remember(Key key, Account account) {
    known.put(key, account);
    return account;
  }

  private Account make(OutsideIdentity who) {
    Binding binding = bindings.find(who);
    if (binding == null) {
      binding = bind(who);
    }
    bindings.linkUser(who, binding.userId());
    Account account = account(binding);
    if (!names.claim(account, displayName(who), null)) {
      bindings.remove(who, binding.userId());
      throw OutsideNameRefused.taken();
    }
    return account;
  }

  private Binding bind(OutsideIdentity who) {
    Username name;
    try {
      name = availableName(who);
    } catch (OutsideNameRefused refused) {
      Binding meanwhile = bindings.find(who); // another process may have bound this person just now
      if (meanwhile == null) {
        throw refused;
      }
      return meanwhile;
    }
    return bindings.claim(who, ids.mint(), name);
  }

  /** The person's name, if nobody has it. This read saves a transaction that would fail. */
  private Username availableName(OutsideIdentity who) {
    Username name = Username.parse(who.preferredUsername()).orElseThrow(OutsideNameRefused::unfit);
    if (names.owner(name) != null) {
      throw OutsideNameRefused.taken();
    }
    return name;
  }

  private boolean ownsName(Binding binding) {
    Row owner = names.owner(binding.username());
    return owner != null && binding.userId().equals(owner.getUuid("user_id"));
  }

  private static Account account(Binding binding) {
    return new Account(binding.userId(), binding.username(), Uuid7.instant(binding.userId()));
  }

  private static @Nullable String displayName(OutsideIdentity who) {
    String name = who.name();
    return name != null && DisplayName.isValid(name) ? name : null;
  }
}
