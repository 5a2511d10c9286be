package dev.knatter.functions.login;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.account.Accounts;
import dev.knatter.chat.account.Login;
import dev.knatter.chat.account.Logins;
import dev.knatter.chat.account.Tokens;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.guard.Caller;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.shared.DomainError.Unauthenticated;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Opens a session. A wrong password and an unknown name get the same answer after the same work. */
final class LoginFunction implements Function<Message<LoginRequest>, Message<Tokens>> {
  private static final String NO_STORE = "no-store";

  private final PasswordThrottle throttle;
  private final Accounts accounts;
  private final Logins logins;
  private final WebhookUrls urls;
  private final SessionWebhooks webhooks;
  private final RefreshCookie cookie;

  LoginFunction(PasswordThrottle throttle, Accounts accounts, Logins logins, WebhookUrls urls,
      SessionWebhooks webhooks, RefreshCookie cookie) {
    this.throttle = throttle;
    this.accounts = accounts;
    this.logins = logins;
    this.urls = urls;
    this.webhooks = webhooks;
    this.cookie = cookie;
  }

  @Override
  public Message<Tokens> apply(Message<LoginRequest> message) {
    LoginRequest.Checked request = message.getPayload().checked(urls);
    boolean byCookie = message.getPayload().wantsCookie();
    if (byCookie) {
      cookie.requirePage(message); // or another site could log its visitors in to an account of its own
    }
    Login login = throttle
      .attempt(request.username().value(), Caller.network(message),
          () -> accounts.authenticate(request.username(), request.password()))
      .flatMap(proof -> logins.open(proof, request.device()))
      .orElseThrow(() -> new Unauthenticated("No account has this name and password."));
    Tokens tokens = Tokens.of(login, webhooks.open(login.identity(), request.webhook()));
    return byCookie
        ? new GenericMessage<>(tokens.withoutRefreshToken(),
            Map.of("Cache-Control", NO_STORE, "Set-Cookie", cookie.holding(login.refreshToken().text())))
        : new GenericMessage<>(tokens, Map.of("Cache-Control", NO_STORE));
  }
}
