/**
 * Makes a folder out of a program, from which it starts in a fraction of the time: a runtime of the modules it uses, a
 * few jars, and a cache of what the JVM would otherwise work out at every start. Knows no program in particular.
 */
@NullMarked
package dev.knatter.packaging;

import org.jspecify.annotations.NullMarked;
