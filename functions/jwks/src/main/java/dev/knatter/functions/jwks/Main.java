package dev.knatter.functions.jwks;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.shared.Env;

/** Serves this function alone: one process is one Knative service. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    FunctionServer.run(ServerOptions.from(System::getenv), () -> true, JwksEndpoints.endpoints(Env.system()),
        () -> {});
  }
}
