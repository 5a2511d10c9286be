package dev.knatter.e2e.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * All tests of the class run against the product in one process, or against the remote one if that is named. For rules and
 * formats: the processes of functions run the same objects.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BlackBox
@Tag("local")
public @interface OnLocal {
}
