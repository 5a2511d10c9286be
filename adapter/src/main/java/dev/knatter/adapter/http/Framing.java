package dev.knatter.adapter.http;

import java.util.List;
import java.util.regex.Pattern;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request's line and those of its header fields by which the server reads it. After a fault the start of the
 * next request is unknown, so the connection is closed.
 */
final class Framing {
  /** uri-host [":" port] of RFC 9110 §7.2: registered name, IPv4 address, or IPv6 address in brackets. */
  private static final Pattern HOST = Pattern
    .compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  private Framing() {}

  static @Nullable Fault fault(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return fault(request.decoderResult());
    }
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!Target.wellFormed(request.uri(), request.method().name().equals("OPTIONS"))) {
      return Fault.MALFORMED;
    }
    List<String> hosts = request.headers().getAll("Host");
    if (hosts.size() > 1 || (http11 && hosts.isEmpty())
        || !hosts.stream().allMatch(h -> HOST.matcher(h).matches())) {
      return Fault.MALFORMED; // RFC 9112 §3.2
    }
    // RFC 9112 §6.1 allows a server to refuse codings. Proxies read lists of them differently, which request smuggling exploits.
    List<String> codings = request.headers().getAll("Transfer-Encoding");
    if (codings.size() > 1 || (codings.size() == 1 && !codings.getFirst().equalsIgnoreCase("chunked"))) {
      return Fault.MALFORMED;
    }
    return http11 && expectsOther(request) ? Fault.EXPECTATION : null;
  }

  /** Whether the client expects anything but 100-continue (RFC 9110 §10.1.1). */
  private static boolean expectsOther(HttpRequest request) {
    return !request.headers().getAll("Expect").stream().allMatch(e -> e.equalsIgnoreCase("100-continue"));
  }

  private static Fault fault(DecoderResult result) {
    return switch (result.cause()) {
      case TooLongHttpLineException _ -> Fault.LINE_TOO_LONG;
      case TooLongHttpHeaderException _ -> Fault.HEADERS_TOO_LARGE;
      case null, default -> Fault.MALFORMED;
    };
  }

  /** The fault of a part of the body: of a chunk's size, its extension, its end, or a trailer. */
  static Fault bodyFault(DecoderResult result) {
    return result.cause() instanceof TooLongHttpHeaderException ? Fault.HEADERS_TOO_LARGE : Fault.MALFORMED;
  }
}
