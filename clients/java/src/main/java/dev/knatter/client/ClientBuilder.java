package dev.knatter.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Attempts;
import dev.knatter.client.http.ServerClock;
import dev.knatter.client.http.Transport;
import dev.knatter.client.send.FileOutbox;
import dev.knatter.client.send.MemoryOutbox;
import dev.knatter.client.send.Outbox;
import dev.knatter.client.send.SendListener;
import dev.knatter.client.send.Sender;
import dev.knatter.client.session.FileSessionStore;
import dev.knatter.client.session.MemorySessionStore;
import dev.knatter.client.session.Session;
import dev.knatter.client.session.SessionStore;
import org.jspecify.annotations.Nullable;

/** Makes a client. What is not set has a default that remembers nothing on disk. */
public final class ClientBuilder {
  private final URI address;
  private SessionStore sessions = new MemorySessionStore();
  private @Nullable Outbox outbox;
  private SendListener sendListener = new SendListener() {
  };
  private Duration timeout = Duration.ofSeconds(40);
  private Duration patience = Duration.ofSeconds(30);
  private Clock clock = Clock.systemUTC();
  private @Nullable HttpClient http;

  ClientBuilder(URI address) {
    this.address = address;
  }

  /** Keeps the session and unsent messages in a folder that only its owner can read. One program at a time may use it. */
  public ClientBuilder folder(Path folder) {
    return sessions(new FileSessionStore(folder.resolve("session.json"))).outbox(FileOutbox.open(
        folder.resolve("outbox")));
  }

  /** Where the session is kept; in memory otherwise. */
  public ClientBuilder sessions(SessionStore store) {
    this.sessions = store;
    return this;
  }

  /** Where messages wait until they are answered; in memory otherwise. The client closes it. */
  public ClientBuilder outbox(Outbox box) {
    this.outbox = box;
    return this;
  }

  /** Who learns what becomes of messages, also of those of an earlier run. */
  public ClientBuilder sendListener(SendListener listener) {
    this.sendListener = listener;
    return this;
  }

  /** How long one request may take: 40 s otherwise, which is more than the server allows itself. */
  public ClientBuilder timeout(Duration each) {
    this.timeout = each;
    return this;
  }

  /** For how long a request is tried again, if it may be: 30 s otherwise. Messages are tried without an end. */
  public ClientBuilder patience(Duration time) {
    this.patience = time;
    return this;
  }

  /** For tests, and for devices that have a better clock than their system. */
  public ClientBuilder clock(Clock local) {
    this.clock = local;
    return this;
  }

  /** Through a proxy, or with certificates of its own. */
  public ClientBuilder http(HttpClient client) {
    this.http = client;
    return this;
  }

  /** Sends what the outbox holds of who is logged in. */
  public KnatterClient build() {
    Transport transport = new Transport(http == null ? defaultHttp() : http, address, timeout,
        new ServerClock(clock));
    Attempts attempts = new Attempts(patience, clock);
    Api api = new Api(transport, attempts, new Session(transport, attempts, sessions, clock));
    Sender sender = new Sender(api, outbox == null ? new MemoryOutbox(clock) : outbox, sendListener);
    sender.resume();
    return new KnatterClient(api, clock, sender);
  }

  private HttpClient defaultHttp() {
    return HttpClient.newBuilder()
      // Without TLS an upgrade to HTTP/2 would cost a round trip, and devices on the way stumble over it.
      .version("https".equals(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(10))
      .build();
  }
}
