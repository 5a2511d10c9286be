package dev.knatter.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which function of the cluster a request to the public host reaches: the longest prefix wins, then the match
 * that names the method, as <a href="https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule">Gateway
 * API</a> has it.
 */
record PublicHost(List<Match> matches) {
  /** @param method empty for all */
  private record Match(String prefix, String method, String function) {
    boolean takes(String wantedMethod, String path) {
      // By whole segments: /v1/send is no prefix of /v1/sender.
      return (path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/"))
          && (method.isEmpty() || method.equals(wantedMethod));
    }
  }

  static PublicHost from(List<Yaml> routes) {
    List<Match> matches = new ArrayList<>();
    for (Yaml route : routes) {
      for (Yaml rule : route.at("spec", "rules").items()) {
        for (Yaml match : rule.at("matches").items()) {
          matches.add(new Match(match.at("path", "value").text(), match.at("method").text(), function(rule)));
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

  /** Knative's ingress tells functions apart by host name, which begins with that of the service. */
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
