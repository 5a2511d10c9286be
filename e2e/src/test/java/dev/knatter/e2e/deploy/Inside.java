package dev.knatter.e2e.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.junit.jupiter.api.Tag;

/**
 * Needs what is behind the address: stops processes, empties or cuts off stores, knows keys, or speaks to a port. Left out
 * where only an address is known ({@link Target#REMOTE}).
 */
@java.lang.annotation.Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("inside")
public @interface Inside {
}
