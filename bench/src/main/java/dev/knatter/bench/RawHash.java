package dev.knatter.bench;

import dev.knatter.chat.account.Passwords;

/** Hashes a password, to compare it. */
final class RawHash implements Worker {
  private final Passwords passwords;
  private final String hash;

  RawHash(Passwords passwords) {
    this.passwords = passwords;
    this.hash = passwords.hash(Crowd.PASSWORD);
  }

  @Override
  public void once() {
    if (!passwords.verify(Crowd.PASSWORD, hash)) {
      throw new IllegalStateException("The right password is wrong.");
    }
  }
}
