/** /v1/me and /v1/blocks: what a user decides for himself, his profile, keys and password, and whom he blocks. */
@NullMarked
package dev.knatter.functions.account;

import org.jspecify.annotations.NullMarked;
