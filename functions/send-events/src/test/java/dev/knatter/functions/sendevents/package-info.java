@NullMarked
package dev.knatter.functions.sendevents;

import org.jspecify.annotations.NullMarked;
