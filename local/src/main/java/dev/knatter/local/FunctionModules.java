package dev.knatter.local;

import java.util.List;
import java.util.Map;

import dev.knatter.adapter.Endpoint;
import dev.knatter.core.Env;
import dev.knatter.core.store.Stores;
import dev.knatter.functions.account.Account;
import dev.knatter.functions.export.Export;
import dev.knatter.functions.jwks.Jwks;
import dev.knatter.functions.login.Login;
import dev.knatter.functions.logout.Logout;
import dev.knatter.functions.messages.Messages;
import dev.knatter.functions.outbox.Outbox;
import dev.knatter.functions.refresh.Refresh;
import dev.knatter.functions.register.Register;
import dev.knatter.functions.send.Send;
import dev.knatter.functions.sessions.Sessions;
import dev.knatter.functions.users.Users;
import dev.knatter.guard.Guard;

/** The code of each function, by the name of its Knative service. */
final class FunctionModules {
  /** What the Main of a function serves. */
  @FunctionalInterface
  private interface Code {
    List<Endpoint<?>> endpoints(Env env, Stores stores, Guard guard);
  }

  private static final Map<String, Code> ALL = Map.ofEntries(
      function("register", Register::endpoints),
      function("login", Login::endpoints),
      function("refresh", Refresh::endpoints),
      function("logout", Logout::endpoints),
      function("sessions", Sessions::endpoints),
      function("jwks", (env, _, _) -> Jwks.endpoints(env)),
      function("send", Send::endpoints),
      function("messages", Messages::endpoints),
      function("outbox", Outbox::endpoints),
      function("users", Users::endpoints),
      function("account", Account::endpoints),
      function("export", Export::endpoints));

  private FunctionModules() {}

  private static Map.Entry<String, Code> function(String name, Code code) {
    return Map.entry(name, code);
  }

  /** @throws IllegalStateException if nobody wrote that function */
  static List<Endpoint<?>> endpoints(String function, Env env, Stores stores, Guard guard) {
    Code code = ALL.get(function);
    if (code == null) {
      throw new IllegalStateException(
          "knative/ deploys '%s', which no module of functions/ is".formatted(function));
    }
    return code.endpoints(env, stores, guard);
  }
}
