package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.stream.EventStreamFormat;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.adapter.stream.StreamEvent.Holder;
import dev.knatter.adapter.stream.StreamEvent.Kind;
import dev.knatter.adapter.stream.StreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * An event stream that a proxy holds. Its first part subscribes; where there is more, it names the next part, which the proxy
 * fetches when the subscriptions are in effect. What is published meanwhile waits in the proxy.
 */
public final class GripEventStream {
  /** The name in the query of the next part, which holds what is sealed. */
  public static final String NEXT = "next";

  private final StreamCalls calls;
  private final StreamOptions options;
  private final StateSeal seal;
  private final String contentType;

  public GripEventStream(StreamCalls calls, StreamOptions options, StateSeal seal, String contentType) {
    this.calls = calls;
    this.options = options;
    this.seal = seal;
    this.contentType = contentType;
  }

  /** The first part. */
  public Response opened(String id, StreamAnswer first) {
    return part(new StateSeal.Kept(id, null, List.of(), null), first);
  }

  /**
   * The next part.
   *
   * @return null where the function has failed; the failure has been logged
   */
  public @Nullable Response next(StateSeal.Kept kept) {
    StreamAnswer answer = calls.next(
        new StreamEvent(StreamEvent.Type.CONTINUED, Kind.SSE, Holder.PROXY, kept.id(), Map.of(), null,
            kept.state()),
        null);
    return answer == null ? null : part(kept, answer);
  }

  private Response part(StateSeal.Kept kept, StreamAnswer answer) {
    Response response = Response.of(200, contentType, EventStreamFormat.of(answer.frames()).getBytes(UTF_8));
    if (answer.close() != null) {
      return response;
    }
    Set<String> channels = new LinkedHashSet<>(kept.channels() == null ? List.of() : kept.channels());
    answer.unsubscribe().forEach(channels::remove);
    channels.addAll(answer.subscribe());
    Response held = response.with("Grip-Hold", "stream")
      .with("Grip-Channel", channels.isEmpty() ? null : String.join(", ", channels))
      .with("Grip-Keep-Alive", ":\\n\\n; format=cstring; timeout=" + options.keepAlive().toSeconds());
    if (!answer.more()) {
      return held;
    }
    String state = answer.state() == null ? kept.state() : answer.state();
    // A reference to the query alone stays right where a proxy before this one has changed the path.
    return held.with("Grip-Link", "<?" + NEXT + '=' + seal.ofLink(kept.id(), state, List.copyOf(channels))
        + ">; rel=next; timeout=0");
  }
}
