package dev.knatter.chat.account;

import java.time.Duration;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.chat.account.Bindings.Binding;
import dev.knatter.shared.DomainError.OutsideNameRefused;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Who the people of an outside issuer are here. At his first call each gets an account without a password, under his
 * {@code preferred_username} if nobody has it; an account that is there already is never given to him, whatever it is
 * called. From then on the account is his, also where the issuer renames him.
 *
 * <p>An account takes two claims, in this order: the binding, which decides a user id and a name, and the name. Whoever
 * finds a binding without its name, because its maker was stopped, claims the name for it; and where somebody else has
 * that, which is for ever, the binding is dissolved.
 */
public final class OutsideAccounts {
  private static final int REMEMBERED = 20_000;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final StripedLock oneAtATime = new StripedLock();
  private final Bindings bindings;
  private final NameClaims names;
  private final Uuid7 ids;
  private final Cache<Key, Account> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  private record Key(String issuer, String subject) {}

  public OutsideAccounts(Cassandra cassandra, Uuid7 ids, ErasedNames erased) {
    this.bindings = new Bindings(cassandra);
    this.names = new NameClaims(cassandra, erased);
    this.ids = ids;
  }

  /**
   * The account of whoever the issuer vouches for, in his session there.
   *
   * @throws OutsideNameRefused where he has no account and his name at the issuer is none that he can have here
   * @throws Unavailable        where the outcome is unknown; the next call finds out
   */
  public Identity identity(OutsideIdentity who) {
    Key key = new Key(who.issuer(), who.subject());
    Account account = known.getIfPresent(key);
    if (account == null) {
      account = find(key, who);
    }
    return new Identity(account.userId(), account.username().value(), who.session());
  }

  private Account find(Key key, OutsideIdentity who) {
    Binding binding = bindings.find(who);
    if (binding != null && has(binding)) {
      return remember(key, account(binding));
    }
    return oneAtATime.of(key.toString(), () -> {
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
      binding = bound(who);
    }
    bindings.note(who, binding.userId());
    Account account = account(binding);
    if (!names.claim(account, displayName(who), null)) {
      bindings.dissolve(who, binding.userId());
      throw OutsideNameRefused.taken();
    }
    return account;
  }

  private Binding bound(OutsideIdentity who) {
    Username name;
    try {
      name = free(who);
    } catch (OutsideNameRefused refused) {
      Binding meanwhile = bindings.find(who); // the name may be taken by himself, at this very moment, elsewhere
      if (meanwhile == null) {
        throw refused;
      }
      return meanwhile;
    }
    return bindings.claim(who, ids.mint(), name);
  }

  /** The name that he can have, as far as a read can tell, which is cheaper than a transaction in vain. */
  private Username free(OutsideIdentity who) {
    Username name = Username.parse(who.preferredUsername()).orElseThrow(OutsideNameRefused::unfit);
    if (names.owner(name) != null) {
      throw OutsideNameRefused.taken();
    }
    return name;
  }

  private boolean has(Binding binding) {
    Row owner = names.owner(binding.username());
    return owner != null && binding.userId().equals(owner.getUuid("user_id"));
  }

  private static Account account(Binding binding) {
    return new Account(binding.userId(), binding.username(), Uuid7.instant(binding.userId()));
  }

  private static @Nullable String displayName(OutsideIdentity who) {
    String name = who.name();
    return name != null && DisplayName.isOne(name) ? name : null;
  }
}
