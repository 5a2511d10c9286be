package dev.knatter.functions.refresh;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.account.Login;
import dev.knatter.chat.account.SessionRenewal;
import dev.knatter.chat.account.Tokens;
import dev.knatter.guard.RefreshCookie;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Renews a session. The answer to a refused token does not tell why. */
final class RefreshFunction implements Function<Message<RefreshRequest>, Message<Tokens>> {
  private static final String NO_STORE = "no-store";

  private final SessionRenewal renewals;
  private final RefreshCookie cookie;

  RefreshFunction(SessionRenewal renewals, RefreshCookie cookie) {
    this.renewals = renewals;
    this.cookie = cookie;
  }

  @Override
  public Message<Tokens> apply(Message<RefreshRequest> message) {
    RefreshRequest request = message.getPayload();
    Login renewed = renewals.renew(request.token(message, cookie));
    Tokens tokens = Tokens.of(renewed);
    return request.byCookie()
        ? new GenericMessage<>(tokens.withoutRefreshToken(),
            Map.of("Cache-Control", NO_STORE, "Set-Cookie", cookie.holding(renewed.refreshToken().text())))
        : new GenericMessage<>(tokens, Map.of("Cache-Control", NO_STORE));
  }
}
