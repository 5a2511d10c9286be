/**
 * Accounts: registration, login, sessions and their renewal, passwords, profiles, public keys and blocks. Lightweight
 * transactions make usernames and phone numbers unique.
 */
@NullMarked
package dev.knatter.chat.account;

import org.jspecify.annotations.NullMarked;
