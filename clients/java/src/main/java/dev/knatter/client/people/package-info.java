/** Profiles, keys and blocks: what people say about themselves. */
@NullMarked
package dev.knatter.client.people;

import org.jspecify.annotations.NullMarked;
