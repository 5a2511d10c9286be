/** One request and its answer, without a session: JSON, problems, times, and the server's clock. */
@NullMarked
package dev.knatter.client.http;

import org.jspecify.annotations.NullMarked;
