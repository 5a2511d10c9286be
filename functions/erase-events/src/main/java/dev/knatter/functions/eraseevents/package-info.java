/** An event function that erases the user whom a signed event of another system names. */
@NullMarked
package dev.knatter.functions.eraseevents;

import org.jspecify.annotations.NullMarked;
