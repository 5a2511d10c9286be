/** The tokens of a login, stored and renewed. */
@NullMarked
package dev.knatter.client.session;

import org.jspecify.annotations.NullMarked;
