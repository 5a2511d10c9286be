/** What a packaged program carries with it: it is copied into its jar, so it depends on the JDK alone. */
@NullMarked
package dev.knatter.packaging.launch;

import org.jspecify.annotations.NullMarked;
