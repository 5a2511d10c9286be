/** The chat page, as people see it. */
@NullMarked
package dev.knatter.e2e.browser;

import org.jspecify.annotations.NullMarked;
