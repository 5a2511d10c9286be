/**
 * A Knative broker for development: it takes CloudEvents over HTTP and delivers them as Knative's brokers do. It keeps them
 * in memory only. This package knows nothing of the product.
 */
@NullMarked
package dev.knatter.local.broker;

import org.jspecify.annotations.NullMarked;
