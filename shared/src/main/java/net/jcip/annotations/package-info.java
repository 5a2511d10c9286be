/**
 * Names that the driver's handlers are annotated with, and that the driver does not bring. Netty makes the JVM read the
 * annotations of each handler, and for one that is not there it would look through all jars, at every start. These are
 * there, and as they are no annotations, the JVM skips them. (Of the library with that name no AOT cache can hold the
 * classes, which are from before Java 6, and for each annotation the JVM would make a proxy.)
 */
package net.jcip.annotations;
