/** Makes container images out of packaged programs, without a container engine. */
@NullMarked
package dev.knatter.packaging.image;

import org.jspecify.annotations.NullMarked;
