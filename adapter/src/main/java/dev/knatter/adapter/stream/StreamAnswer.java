package dev.knatter.adapter.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a stream's function answers to a {@link StreamEvent}: the payload of its message.
 *
 * <p>The adapter first subscribes and unsubscribes, then writes the frames, then closes. To OPENED, nothing is written before
 * all channels are in effect: a client that has the first frame misses nothing that is published later.
 *
 * @param frames      written in this order, even where they are more than a client takes at once
 * @param subscribe   channels from which the client gets, from now on, what is published; one that it has already changes
 *                    nothing. A connection has at most {@value #MAX_CHANNELS} (Pushpin's default)
 * @param unsubscribe channels of the connection to leave
 * @param state       what the connection's next event is to have as {@link StreamEvent#state}; null leaves it as it is. At most
 *                    {@value #MAX_STATE} characters. The proxy that holds a connection can read it. Nobody can change it; but a
 *                    client can have a proxy send an older state of the same connection again, so a state that must end holds
 *                    its own end
 * @param more        whether to call the function again with CONTINUED when the channels are in effect. Only Server-Sent
 *                    Events; a WebSocket's client asks for more itself
 * @param close       ends the connection after the frames; null goes on
 * @param key         of OPENED: whose connection it is, counted by {@link StreamOptions#maxPerKey}; null counts it for nobody
 */
public record StreamAnswer(List<Frame> frames, List<String> subscribe, List<String> unsubscribe,
    @Nullable String state, boolean more, @Nullable Close close, @Nullable String key) {
  public static final int MAX_CHANNELS = 20;
  public static final int MAX_STATE = 2048;

  private static final StreamAnswer NOTHING = new StreamAnswer(List.of(), List.of(), List.of(), null,
      /* more= */ false, null, null);

  public StreamAnswer {
    frames = List.copyOf(frames);
    subscribe = List.copyOf(subscribe);
    unsubscribe = List.copyOf(unsubscribe);
    subscribe.forEach(Channels::requireName);
    unsubscribe.forEach(Channels::requireName);
    if (subscribe.size() > MAX_CHANNELS) {
      throw new IllegalArgumentException("A connection has at most " + MAX_CHANNELS + " channels");
    }
    if (state != null && state.length() > MAX_STATE) {
      throw new IllegalArgumentException("The state has more than " + MAX_STATE + " characters");
    }
  }

  /** Writes nothing and changes nothing. */
  public static StreamAnswer nothing() {
    return NOTHING;
  }

  public static StreamAnswer of(Frame... frames) {
    return NOTHING.frames(List.of(frames));
  }

  public StreamAnswer frames(List<Frame> all) {
    return new StreamAnswer(all, subscribe, unsubscribe, state, more, close, key);
  }

  public StreamAnswer subscribe(List<String> channels) {
    return new StreamAnswer(frames, channels, unsubscribe, state, more, close, key);
  }

  public StreamAnswer unsubscribe(List<String> channels) {
    return new StreamAnswer(frames, subscribe, channels, state, more, close, key);
  }

  public StreamAnswer state(String next) {
    return new StreamAnswer(frames, subscribe, unsubscribe, next, more, close, key);
  }

  public StreamAnswer thenMore() {
    return new StreamAnswer(frames, subscribe, unsubscribe, state, /* more= */ true, close, key);
  }

  public StreamAnswer thenClose(Close end) {
    return new StreamAnswer(frames, subscribe, unsubscribe, state, more, end, key);
  }

  public StreamAnswer key(String owner) {
    return new StreamAnswer(frames, subscribe, unsubscribe, state, more, close, owner);
  }
}
