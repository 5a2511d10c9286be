/**
 * Spring Cloud Function on Knative: HTTP and CloudEvents in, an answer out.
 * Knows nothing of chat.
 */
@NullMarked
package dev.knatter.adapter;

import org.jspecify.annotations.NullMarked;
