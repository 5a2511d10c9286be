package dev.knatter.functions.web;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.shared.Env;

/** Starts a process that serves this function only. Each Knative service runs one. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    FunctionServer.run(ServerOptions.from(System::getenv), () -> true, WebEndpoints.endpoints(Env.system()),
        () -> {});
  }
}
