/** Holds what is deployed (knative/) against what the code does, without a cluster. */
@NullMarked
package dev.knatter.local.knative;

import org.jspecify.annotations.NullMarked;
