package dev.knatter.functions.login;

import java.net.URI;
import java.util.Set;

import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.webhook.NewWebhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Makes the address of a session's device a webhook. It ends with the session. */
final class SessionWebhooks {
  private final Webhooks webhooks;
  private final Sessions sessions;

  SessionWebhooks(Webhooks webhooks, Sessions sessions) {
    this.webhooks = webhooks;
    this.sessions = sessions;
  }

  /**
   * Returns the secret of the new webhook; null if there is none to open.
   *
   * @throws Forbidden if the user has too many webhooks; then the session has ended
   */
  @Nullable
  String open(Identity opened, @Nullable URI url) {
    if (url == null) {
      return null;
    }
    NewWebhook webhook = new NewWebhook(url, Set.of(), null, opened.sessionId());
    try {
      return webhooks.create(opened.userId(), opened.sessionId(), webhook).webhook().secret().text();
    } catch (Forbidden e) {
      sessions.end(opened.userId(), opened.sessionId());
      throw e;
    }
  }
}
