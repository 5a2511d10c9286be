package dev.knatter.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The routes of the public host to functions. The longest prefix wins, then a match that names the method, as in <a
 * href="https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule">Gateway API</a>.
 */
record PublicHost(List<Match> matches) {
  /**
   * @param exact whether it takes nothing below the path
   * @param method empty for all methods
   */
  private record Match(String prefix, boolean exact, String method, String function) {
    boolean takes(String wantedMethod, String path) {
      // Prefixes match whole segments: /v1/send is not a prefix of /v1/sender.
      boolean below = !exact && path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
      return (path.equals(prefix) || below) && (method.isEmpty() || method.equals(wantedMethod));
    }
  }

  static PublicHost from(List<Yaml> routes) {
    List<Match> matches = new ArrayList<>();
    for (Yaml route : routes) {
      for (Yaml rule : route.at("spec", "rules").items()) {
        for (Yaml match : rule.at("matches").items()) {
          matches
            .add(new Match(match.at("path", "value").text(), match.at("path", "type").text().equals("Exact"),
                match.at("method").text(), function(rule)));
        }
      }
    }
    return new PublicHost(matches);
  }

  Optional<String> function(String method, String path) {
    return matches.stream()
      .filter(match -> match.takes(method, path))
      .max(Comparator.comparingInt((Match match) -> match.prefix().length())
        .thenComparing(match -> !match.method().isEmpty()))
      .map(Match::function);
  }

  /** The function's name, which is the first label of the host name to which the rule rewrites. */
  private static String function(Yaml rule) {
    for (Yaml filter : rule.at("filters").items()) {
      String host = filter.at("urlRewrite", "hostname").text();
      if (!host.isEmpty()) {
        return host.split("\\.", 2)[0];
      }
    }
    return "";
  }
}
