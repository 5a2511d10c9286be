package dev.knatter.e2e.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * All tests of the class run against each target, or against the remote one if that is named; its constructor takes the
 * {@link Deployment}. For what differs between the targets, and for the first look at each function.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BlackBox
public @interface OnBothTargets {
}
