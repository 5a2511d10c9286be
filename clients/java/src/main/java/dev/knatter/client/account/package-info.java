/** Accounts and sessions: who somebody is. */
@NullMarked
package dev.knatter.client.account;

import org.jspecify.annotations.NullMarked;
