package dev.knatter.chat.account;

/**
 * That somebody has shown the password of an account.
 *
 * @param hash by which it was found to be the right one
 */
public record PasswordProof(Account account, String password, String hash) {
  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return "Proof[" + account + "]";
  }
}
