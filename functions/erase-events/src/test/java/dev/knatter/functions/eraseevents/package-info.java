@NullMarked
package dev.knatter.functions.eraseevents;

import org.jspecify.annotations.NullMarked;
