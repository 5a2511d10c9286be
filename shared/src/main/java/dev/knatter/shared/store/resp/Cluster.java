package dev.knatter.shared.store.resp;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** A Redis Cluster. Which server holds which keys is asked once, and again when one says that it is so no more. */
public final class Cluster implements Servers {
  private static final byte[] SLOTS = Command.of("CLUSTER", "SLOTS");
  private static final byte[] ASKING = Command.of("ASKING");

  private final List<Address> seeds;
  private final Map<Address, Server> servers = new ConcurrentHashMap<>();
  /** By the first slot that it holds; empty while nobody knows. */
  private volatile NavigableMap<Integer, Address> holders = new TreeMap<>();

  private Cluster(List<Address> seeds) {
    this.seeds = seeds;
  }

  /** @param seeds some of its servers; connects to them when they are needed */
  public static Cluster of(List<Address> seeds) {
    return new Cluster(List.copyOf(seeds));
  }

  @Override
  public @Nullable Object ask(String key, byte[] command) throws IOException, InterruptedException {
    try {
      Object reply = server(holder(key)).ask(key, command);
      if (reply instanceof Refusal refusal && refusal.is("MOVED ")) {
        refresh();
        return server(target(refusal)).ask(key, command);
      }
      return reply instanceof Refusal refusal && refusal.is("ASK ") ? onTheMove(refusal, command) : reply;
    } catch (IOException e) {
      holders = new TreeMap<>(); // another server may hold its keys by now
      throw e;
    }
  }

  /** A key that is being moved: the permission is for the very next command, so nobody else may come between. */
  private @Nullable Object onTheMove(Refusal refusal, byte[] command)
      throws IOException, InterruptedException {
    try (Connection own = Connection.open(target(refusal))) {
      Server.ask(own, ASKING);
      return Server.ask(own, command);
    }
  }

  @Override
  public CompletableFuture<@Nullable Object> tell(String key, byte[] command) {
    try {
      return server(holder(key)).tell(key, command);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Address listeningPost() {
    return holders.values().stream().findAny().orElse(seeds.getFirst());
  }

  private Server server(Address address) {
    return servers.computeIfAbsent(address, Server::open);
  }

  private Address holder(String key) throws IOException, InterruptedException {
    if (holders.isEmpty()) {
      refresh();
    }
    Map.Entry<Integer, Address> holder = holders.floorEntry(Slot.of(key));
    if (holder == null) {
      throw new IOException("No server of the Redis Cluster holds the key.");
    }
    return holder.getValue();
  }

  /** Asks one after the other, until one knows. */
  private void refresh() throws IOException, InterruptedException {
    Set<Address> known = new LinkedHashSet<>(holders.values());
    known.addAll(seeds);
    IOException last = null;
    for (Address address : known) {
      try {
        holders = holders(address, server(address).ask("", SLOTS));
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("No server of the Redis Cluster says who holds what.", last);
  }

  /** @param slots a list of: first slot, last slot, its server (host, port, …), its replicas … */
  private static NavigableMap<Integer, Address> holders(Address asked, @Nullable Object slots)
      throws IOException {
    NavigableMap<Integer, Address> holders = new TreeMap<>();
    if (slots instanceof List<?> ranges) {
      for (Object range : ranges) {
        if (range instanceof List<?> parts && parts.size() > 2 && parts.getFirst() instanceof Long first
            && parts.get(2) instanceof List<?> server && server.get(1) instanceof Long port) {
          String host = server.getFirst() instanceof byte[] name ? Replies.text(name) : "";
          holders.put(first.intValue(), asked.sibling(host.isEmpty() ? asked.host() : host, port.intValue()));
        }
      }
    }
    if (holders.isEmpty()) {
      throw new IOException(asked + " is no server of a Redis Cluster, or knows of no other.");
    }
    return holders;
  }

  /** Of {@code MOVED 3999 host:port} and {@code ASK 3999 host:port}. */
  private Address target(Refusal refusal) throws IOException {
    String address = refusal.text().substring(refusal.text().lastIndexOf(' ') + 1);
    int colon = address.lastIndexOf(':');
    try {
      String host = address.substring(0, colon);
      Address seed = seeds.getFirst();
      return seed.sibling(host.isEmpty() ? seed.host() : host,
          Integer.parseInt(address.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("A server of the Redis Cluster names no other.", e);
    }
  }

  @Override
  public void close() {
    servers.values().forEach(Server::close);
  }
}
