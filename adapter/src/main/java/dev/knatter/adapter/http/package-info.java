/** An HTTP/1.1 server that reads whole requests, bounded in size and time. Knows nothing of functions. */
@NullMarked
package dev.knatter.adapter.http;

import org.jspecify.annotations.NullMarked;
