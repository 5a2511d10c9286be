package dev.knatter.local;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.knatter.adapter.Route;

/** The text that tells a developer, after the start, where Knatter listens and which commands to try. */
record Banner(URI uri, List<Route<?>> routes, LocalSettings settings, Optional<String> sink) {
  String text() {
    return """

        Knatter listens on %1$s   (Ctrl-C stops it)
        Open it in a browser to chat.

        %2$s
          data      %3$s   (./knatter dev --fresh forgets it)
          stores    Cassandra %4$s, Redis %5$s
          events    %6$s

        Next, in another terminal:

          curl %1$s/v1/register -H 'Content-Type: application/json' \\
            -d '{"username": "ann", "password": "correct horse"}'

          TOKEN=$(curl -s %1$s/v1/login -H 'Content-Type: application/json' \\
            -d '{"username": "ann", "password": "correct horse"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')

          curl %1$s/v1/send -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
            -d '{"to": "ann", "content": "Hello, me"}'

          curl %1$s/v1/messages -H "Authorization: Bearer $TOKEN"
        """
      .formatted(uri, operations(), settings.data(), store("KNATTER_CASSANDRA_CONTACT_POINTS"),
          store("KNATTER_REDIS_URL"), events());
  }

  private String operations() {
    return routes.stream()
      .map(route -> "  %-9s %s %s%n".formatted(route.function(), route.method(), route.path()))
      .sorted()
      .collect(Collectors.joining());
  }

  private String events() {
    if (settings.hasBroker()) {
      return sink.orElse("nowhere") + "   (in memory: a restart loses those that are not delivered)";
    }
    return settings.has("K_SINK") ? "as K_SINK says" : "off, as KNATTER_BROKER says";
  }

  private String store(String variable) {
    return settings.has(variable) ? "as " + variable + " says" : "of its own";
  }
}
