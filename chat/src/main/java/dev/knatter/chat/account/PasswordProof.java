package dev.knatter.chat.account;

/**
 * Proof that a caller knows the password of an account.
 *
 * @param hash the stored hash that the password matched
 */
public record PasswordProof(Account account, String password, String hash) {
  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return "Proof[" + account + "]";
  }
}
