package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketEventTest {

  private static @Nullable List<WebSocketEvent> decode(String body) {
    return WebSocketEvent.decode(body.getBytes(UTF_8));
  }

  @Test
  void events_areReadAndWrittenAlike() {
    String body = "OPEN\r\nTEXT 5\r\nhello\r\nTEXT 0\r\n\r\nTEXT 11\r\n17 bytes\r\nmore 5\r\r\n"
        + "CLOSE 2\r\n\u0003\u0001\r\nDISCONNECT\r\n";
    List<WebSocketEvent> events = Objects.requireNonNull(decode(body));
    assertThat(events).extracting(WebSocketEvent::type)
      .containsExactly("OPEN", "TEXT", "TEXT", "TEXT", "CLOSE", "DISCONNECT");
    assertThat(new String(Objects.requireNonNull(events.get(3).content()), UTF_8))
      .isEqualTo("17 bytes\r\nmore 5\r");
    assertThat(events.getFirst().content()).isNull();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    events.forEach(event -> event.writeTo(written));
    assertThat(written.toString(UTF_8)).isEqualTo(body);
    assertThat(decode("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPEN", "OPEN\n", "TEXT \r\n\r\n", "TEXT 5\r\nhell", "TEXT 5\r\nhello",
      "TEXT 5\r\nhello..",
      "TEXT -1\r\n\r\n", "TEXT +1\r\nx\r\n", "TEXT g\r\nx\r\n", "TEXT 7fffffff\r\nx\r\n",
      "TEXT fffffffff\r\nx\r\n",
      "TEXT 1\r\nxy\r\n", "A name that no event of the protocol has\r\n"})
  void bodyThatIsCutOrMalformed_isNone(String body) {
    assertThat(decode(body)).isNull();
  }
}
