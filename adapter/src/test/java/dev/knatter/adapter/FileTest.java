package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;

/** Files of a site, which browsers ask for in words of their own. */
final class FileTest {
  private static final String PAGE = "<!doctype html>";

  @AutoClose
  private static final FunctionServer SERVER = FunctionServer.start(Samples.options(), () -> true,
      List.of(new Endpoint<>(Route.file("/", "page", Samples.Nothing.class),
          _ -> new GenericMessage<>(PAGE, Map.of("contentType", "text/html"))),
          new Endpoint<>(Route.event("event", Samples.Nothing.class), _ -> new GenericMessage<>(""))));

  private static RawHttp.Reply get(String target, String fields) throws IOException {
    return RawHttp.exchange(SERVER.port(), "GET " + target + " HTTP/1.1\nHost: x\n" + fields + "\n");
  }

  @Test
  void file_isAnsweredWhateverAcceptAndTheQuerySay() throws IOException {
    for (String accept : List.of("", "Accept: text/html\n", "Accept: image/png\n", "Accept: */*;q=0\n")) {
      RawHttp.Reply reply = get("/?any=1&any=2", accept);
      assertThat(reply.status()).as(accept).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(PAGE);
      assertThat(reply.header("Content-Type")).isEqualTo("text/html");
    }
  }

  @Test
  void file_atTheRoot_leavesEventsToTheirFunction() throws IOException {
    RawHttp.Reply event = RawHttp.exchange(SERVER.port(), """
        POST / HTTP/1.1
        Host: x
        Content-Type: application/json
        Content-Length: 2
        ce-specversion: 1.0
        ce-id: 1
        ce-source: /test
        ce-type: test

        {}""");
    assertThat(event.status()).isEqualTo(202);
    assertThat(RawHttp.exchange(SERVER.port(), "OPTIONS / HTTP/1.1\nHost: x\n\n").header("Allow"))
      .isEqualTo("GET, HEAD, OPTIONS, POST");
  }
}
