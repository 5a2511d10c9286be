/**
 * As much of a Redis client as the product needs: commands, one behind the other over one connection, to a server or to
 * a cluster, and listening to channels. Speaks RESP 2, the protocol that every version of Redis has.
 */
@NullMarked
package dev.knatter.shared.store.resp;

import org.jspecify.annotations.NullMarked;
