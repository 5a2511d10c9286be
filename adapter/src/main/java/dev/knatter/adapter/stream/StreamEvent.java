package dev.knatter.adapter.stream;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event of a held connection: the payload of the message that a stream's function gets. The function is called for one
 * event of a connection at a time, in their order.
 *
 * <p>The message of {@link Type#OPENED} has the headers of an HTTP request ({@code Authorization}, {@code Last-Event-ID},
 * {@code traceparent}, {@code tracestate}). No other event has them: what the function needs of them later is in its state.
 * Every event has the header {@code callerAddress} (an {@link java.net.InetAddress}) where a trusted proxy tells it.
 *
 * @param type         what has happened
 * @param kind         how the client is connected
 * @param holder       who holds the connection
 * @param connectionId the same text in all events of a connection and another one in every other connection: 1 to 128 letters,
 *                     digits, {@code -} and {@code _}. It is no secret, and proves nothing
 * @param query        the query of the opening request, decoded; empty in all events but OPENED. The adapter refuses a name
 *                     that is there twice; the function refuses the names that it does not know
 * @param text         of TEXT what the client has sent; of WOKEN the text of the {@link Publication.Wake}; else null
 * @param state        the last {@link StreamAnswer#state} of this connection; null where no answer had one
 */
public record StreamEvent(Type type, Kind kind, Holder holder, String connectionId, Map<String, String> query,
    @Nullable String text, @Nullable String state) {

  /** What has happened. */
  public enum Type {
    /**
     * A client asks for a connection. An answer with a {@code statusCode} from 300 refuses it: the client gets that answer as
     * it would from any other function. Any other answer is a {@link StreamAnswer} and opens the connection.
     */
    OPENED,
    /**
     * The channels that the last answer named are in effect, and that answer had {@link StreamAnswer#more}. Whatever is
     * published from now on reaches the client, so what the function reads now and what is published have no gap between them.
     */
    CONTINUED,
    /** The client has sent a text. Only WebSocket. */
    TEXT,
    /** A {@link Publication.Wake} was published on a channel of the connection. Only where this process holds it. */
    WOKEN,
    /**
     * The connection has ended, whoever ended it. Only WebSocket. The answer is ignored. It is told where possible, and not
     * where a process or a proxy has died.
     */
    CLOSED
  }

  /** How a client is connected. */
  public enum Kind {
    /** The client sends texts, too. */
    WEBSOCKET,
    /** Server-Sent Events: the client only receives. */
    SSE
  }

  /** Who holds a connection. */
  public enum Holder {
    /** This process. It writes what the {@link Channels} tell it. */
    PROCESS,
    /** A GRIP proxy. It writes what a {@link GripPublisher} tells it, and this process may end meanwhile. */
    PROXY
  }

  public StreamEvent {
    query = Map.copyOf(query);
  }
}
