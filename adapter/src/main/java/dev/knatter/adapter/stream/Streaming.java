package dev.knatter.adapter.stream;

import org.jspecify.annotations.Nullable;

/**
 * What a route that serves a stream needs besides its function.
 *
 * @param channels where the connections that this process holds get what is published
 * @param options  their limits
 * @param grip     the keys to trust a GRIP proxy by; null where there is none, and then a request that claims to come from one is
 *                 refused
 * @param origin   the origin of this host's own pages, whose WebSockets are taken although a proxy has put another name into
 *                 {@code Host}; null where no proxy does
 */
public record Streaming(Channels channels, StreamOptions options, @Nullable GripKeys grip,
    @Nullable String origin) {

  public Streaming(Channels channels, StreamOptions options, @Nullable GripKeys grip) {
    this(channels, options, grip, null);
  }
}
