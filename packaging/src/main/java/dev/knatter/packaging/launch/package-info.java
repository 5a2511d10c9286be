/** What a packaged program carries with it: it is copied into its jar, so it depends on nothing but the JDK. */
@NullMarked
package dev.knatter.packaging.launch;

import org.jspecify.annotations.NullMarked;
