/** Everything new, live and without a gap. */
@NullMarked
package dev.knatter.client.follow;

import org.jspecify.annotations.NullMarked;
