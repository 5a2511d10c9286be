package dev.knatter.functions.refresh;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.account.SessionRenewal;
import dev.knatter.chat.account.Tokens;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Renews a session. The answer to a refused token does not tell why. */
final class RefreshFunction implements Function<Message<RefreshRequest>, Message<Tokens>> {
  private static final Map<String, Object> SECRET = Map.of("Cache-Control", "no-store");

  private final SessionRenewal renewals;

  RefreshFunction(SessionRenewal renewals) {
    this.renewals = renewals;
  }

  @Override
  public Message<Tokens> apply(Message<RefreshRequest> message) {
    return new GenericMessage<>(Tokens.of(renewals.renew(message.getPayload().token())), SECRET);
  }
}
