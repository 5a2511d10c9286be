/** Makes and checks tokens: access tokens of the product and of an outside issuer, and refresh tokens. */
@NullMarked
package dev.knatter.shared.token;

import org.jspecify.annotations.NullMarked;
