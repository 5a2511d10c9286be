/** Brings the product to a Kubernetes cluster, by kubectl. */
@NullMarked
package dev.knatter.deploy;

import org.jspecify.annotations.NullMarked;
