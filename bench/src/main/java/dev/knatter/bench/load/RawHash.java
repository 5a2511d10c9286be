package dev.knatter.bench.load;

import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.setup.TestUsers;

import dev.knatter.chat.account.Passwords;

/** Hashes a password, to compare it. */
final class RawHash implements Worker {
  private final Passwords passwords;
  private final String hash;

  RawHash(Passwords passwords) {
    this.passwords = passwords;
    this.hash = passwords.hash(TestUsers.PASSWORD);
  }

  @Override
  public void once() {
    if (!passwords.verify(TestUsers.PASSWORD, hash)) {
      throw new IllegalStateException("The right password is wrong.");
    }
  }
}
