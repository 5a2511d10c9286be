package dev.knatter.local;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import org.jspecify.annotations.Nullable;

/**
 * The functions that take events, each at an address of its own. All of them take events at the same path, and only the
 * broker and the pings may reach them.
 */
final class EventServers implements AutoCloseable {
  private static final String EVENTS = "/";

  private final ServerOptions options;
  private final Map<String, FunctionServer> servers = new HashMap<>();

  /** @param options with the address to listen on; the ports are any free ones */
  EventServers(ServerOptions options) {
    this.options = options.withPort(0);
  }

  /** @param endpoints of the function; those that take no events are left out */
  void start(String function, List<Endpoint<?>> endpoints) {
    List<Endpoint<?>> events = endpoints.stream()
      .filter(endpoint -> endpoint.route().path().equals(EVENTS))
      .toList();
    servers.put(function, FunctionServer.start(options, () -> true, events));
  }

  /** Null if the function was not started. */
  @Nullable
  URI address(String function) {
    FunctionServer server = servers.get(function);
    return server == null ? null : URI.create("http://" + options.host() + ":" + server.port() + EVENTS);
  }

  @Override
  public void close() {
    servers.values().forEach(FunctionServer::close);
  }
}
