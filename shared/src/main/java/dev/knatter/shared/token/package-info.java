/** Access tokens, ours and those of an outside issuer, and refresh tokens: how they are made and checked. */
@NullMarked
package dev.knatter.shared.token;

import org.jspecify.annotations.NullMarked;
