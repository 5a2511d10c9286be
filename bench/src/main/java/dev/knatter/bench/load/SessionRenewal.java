package dev.knatter.bench.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.shared.token.RefreshToken;

/** Renews sessions in turn: the answer for one holds what its next request needs. Not for several threads. */
final class SessionRenewal {
  private static final Pattern TOKEN = Pattern.compile("\"refreshToken\":\"([^\"]+)\"");

  private final RoundRobin<OpenSession> turns;
  private OpenSession session;

  SessionRenewal(RoundRobin<OpenSession> turns) {
    this.turns = turns;
    this.session = turns.next();
  }

  byte[] request() {
    session = turns.next();
    return HttpConnection.request("POST /v1/refresh", "",
        "{\"refreshToken\":\"" + session.token().text() + "\"}");
  }

  void answered(String body) {
    Matcher matcher = TOKEN.matcher(body);
    if (!matcher.find()) {
      throw new IllegalStateException("A renewal without a token.");
    }
    session.renewed(RefreshToken.parse(matcher.group(1)));
  }
}
