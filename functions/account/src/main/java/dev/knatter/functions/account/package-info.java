/** The operations on /v1/me, /v1/erasures and /v1/blocks: a user's profile, keys, password, erasure and blocks. */
@NullMarked
package dev.knatter.functions.account;

import org.jspecify.annotations.NullMarked;
