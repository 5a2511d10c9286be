@NullMarked
package dev.knatter.functions.outbox;

import org.jspecify.annotations.NullMarked;
