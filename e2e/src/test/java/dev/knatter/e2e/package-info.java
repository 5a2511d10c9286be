/** Black-box tests over HTTP, and of what the documents say. */
@NullMarked
package dev.knatter.e2e;

import org.jspecify.annotations.NullMarked;
