package dev.knatter.e2e.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * All tests of the class run against a process for each function, or against the remote one if that is named. For what
 * happens between processes, and for what each function has to bring with it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BlackBox
@Tag("processes")
public @interface OnProcesses {
}
