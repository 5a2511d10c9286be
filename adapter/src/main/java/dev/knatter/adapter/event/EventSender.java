package dev.knatter.adapter.event;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends CloudEvents over HTTP/1.1, in binary mode (CloudEvents HTTP binding 1.0 §3.1). Follows no redirects, and sends nothing
 * a second time.
 */
public final class EventSender implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String CONTENT_TYPE = "datacontenttype";
  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  /** RFC 9110, section 5.5. */
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  /** More than needed: each caller bounds how many events it sends at once. */
  private static final int MAX_CONNECTIONS = 1_024;
  /** The longest answer that is read. Answers of sinks are short. */
  private static final int MAX_ANSWER = 1 << 20;

  private final CloseableHttpClient client;

  /**
   * What a sink answers.
   *
   * @param headers by name, in any case
   * @param body    empty if there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // no code compares answers
  public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    public boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  /** @param timeout for the connection, and for each wait for bytes of the answer */
  public EventSender(Duration timeout) {
    this.client = PlainHttp.client(MAX_CONNECTIONS, timeout);
  }

  /**
   * Sends an event and waits for the answer.
   *
   * @throws IOException when there is none in time
   * @throws IllegalArgumentException if the event has an attribute that no header can hold
   */
  public Answer send(URI sink, Event event) throws IOException {
    HttpPost request = new HttpPost(sink);
    event.attributes().forEach((name, value) -> {
      if (name.equals(CONTENT_TYPE)) {
        request.setHeader("Content-Type", requireFieldValue(value));
      } else {
        request.setHeader("ce-" + requireToken(name), encode(value));
      }
    });
    request.setEntity(new ByteArrayEntity(event.data(), null));
    return client.execute(request, EventSender::answer);
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
    }
    byte[] body = response.getEntity() == null
        ? new byte[0]
        : EntityUtils.toByteArray(response.getEntity(), MAX_ANSWER);
    return new Answer(response.getCode(), headers, body);
  }

  private static String requireToken(String name) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException("An attribute has a name that no header can have.");
    }
    return name;
  }

  private static String requireFieldValue(String value) {
    if (!FIELD_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("The datacontenttype has a character that no header can have.");
    }
    return value;
  }

  /** §3.1.3.2: what is not printable ASCII, space, quotation mark and percent sign are percent-encoded. */
  static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '"' && octet != '%') {
        encoded.append((char) octet);
      } else {
        HEX.toHexDigits(encoded.append('%'), octet);
      }
    }
    return encoded.toString();
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
