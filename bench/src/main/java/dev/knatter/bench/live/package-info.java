/** {@code ./knatter bench live}: how soon a message is with readers who hold a connection, and what such a connection costs. */
@NullMarked
package dev.knatter.bench.live;

import org.jspecify.annotations.NullMarked;
