package dev.knatter.core.account;

/**
 * That somebody has shown the password of an account.
 *
 * @param hash by which it was found to be the right one
 */
public record Proof(Account account, String password, String hash) {
  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return "Proof[" + account + "]";
  }
}
