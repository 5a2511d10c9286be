/** GET /.well-known/jwks.json: the public keys that access tokens are verified with. */
@NullMarked
package dev.knatter.functions.jwks;

import org.jspecify.annotations.NullMarked;
