package dev.knatter.local;

import java.util.List;
import java.util.Map;

import dev.knatter.adapter.Endpoint;
import dev.knatter.functions.account.AccountEndpoints;
import dev.knatter.functions.conversations.ConversationsEndpoints;
import dev.knatter.functions.deadletters.DeadLettersEndpoints;
import dev.knatter.functions.delete.DeleteEndpoints;
import dev.knatter.functions.deliver.DeliverEndpoints;
import dev.knatter.functions.edit.EditEndpoints;
import dev.knatter.functions.eraseevents.EraseEventsEndpoints;
import dev.knatter.functions.export.ExportEndpoints;
import dev.knatter.functions.jwks.JwksEndpoints;
import dev.knatter.functions.login.LoginEndpoints;
import dev.knatter.functions.logout.LogoutEndpoints;
import dev.knatter.functions.messages.MessagesEndpoints;
import dev.knatter.functions.outbox.OutboxEndpoints;
import dev.knatter.functions.react.ReactEndpoints;
import dev.knatter.functions.read.ReadEndpoints;
import dev.knatter.functions.refresh.RefreshEndpoints;
import dev.knatter.functions.register.RegisterEndpoints;
import dev.knatter.functions.send.SendEndpoints;
import dev.knatter.functions.sendevents.SendEventsEndpoints;
import dev.knatter.functions.sessions.SessionsEndpoints;
import dev.knatter.functions.stream.StreamEndpoints;
import dev.knatter.functions.users.UsersEndpoints;
import dev.knatter.functions.web.WebEndpoints;
import dev.knatter.functions.webhooks.WebhooksEndpoints;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;

/** The functions' modules, by the name of their Knative service. */
final class FunctionModules {
  /** Builds the endpoints that a function's Main serves. */
  @FunctionalInterface
  private interface Code {
    List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard);
  }

  private static final Map<String, Code> ALL = Map.ofEntries(
      function("register", RegisterEndpoints::endpoints),
      function("login", LoginEndpoints::endpoints),
      function("refresh", RefreshEndpoints::endpoints),
      function("logout", LogoutEndpoints::endpoints),
      function("sessions", SessionsEndpoints::endpoints),
      function("jwks", (env, _, _) -> JwksEndpoints.endpoints(env)),
      function("send", SendEndpoints::endpoints),
      function("send-events", SendEventsEndpoints::endpoints),
      function("erase-events", EraseEventsEndpoints::endpoints),
      function("messages", MessagesEndpoints::endpoints),
      function("edit", EditEndpoints::endpoints),
      function("delete", DeleteEndpoints::endpoints),
      function("react", ReactEndpoints::endpoints),
      function("read", ReadEndpoints::endpoints),
      function("stream", StreamEndpoints::endpoints),
      function("outbox", OutboxEndpoints::endpoints),
      function("users", UsersEndpoints::endpoints),
      function("account", AccountEndpoints::endpoints),
      function("export", ExportEndpoints::endpoints),
      function("dead-letters", DeadLettersEndpoints::endpoints),
      function("webhooks", WebhooksEndpoints::endpoints),
      function("conversations", ConversationsEndpoints::endpoints),
      function("deliver", DeliverEndpoints::endpoints),
      function("web", (env, _, _) -> WebEndpoints.endpoints(env)));

  private FunctionModules() {}

  private static Map.Entry<String, Code> function(String name, Code code) {
    return Map.entry(name, code);
  }

  /** @throws IllegalStateException if no module has this name */
  static List<Endpoint<?>> endpoints(String function, Env env, Stores stores, Guard guard) {
    Code code = ALL.get(function);
    if (code == null) {
      throw new IllegalStateException(
          "knative/ deploys '%s', which no module of functions/ is".formatted(function));
    }
    return code.endpoints(env, stores, guard);
  }
}
