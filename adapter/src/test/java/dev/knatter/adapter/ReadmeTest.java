package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

final class ReadmeTest {

  @Test
  void codeOfTheReadme_isTheCodeThatIsTested() throws Exception {
    String source = Files.readString(Path.of("src/test/java/dev/knatter/adapter/Greeter.java"));
    String example = source.substring(source.indexOf("final class"));
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```");
  }

  @Test
  void example_answersAsTheReadmeSays() throws Exception {
    try (FunctionServer server = FunctionServer.start(Samples.options(), () -> true, Greeter.ENDPOINTS)) {
      RawHttp.Reply reply = RawHttp.exchange(server.port(), """
          POST /greetings HTTP/1.1
          Host: x
          Content-Type: application/json
          Content-Length: 24

          {"name":"Ada","times":2}""");
      assertThat(reply.status()).isEqualTo(201);
      assertThat(Files.readString(Path.of("README.md"))).contains("# 201 " + reply.body());
    }
  }
}
