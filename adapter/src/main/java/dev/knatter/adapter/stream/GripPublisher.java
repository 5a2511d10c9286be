package dev.knatter.adapter.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.knatter.adapter.event.PlainHttp;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to GRIP proxies, over their control ports. Used by any number of threads. */
public final class GripPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GripPublisher.class);
  private static final String DEFAULT_PATH = "/publish/";
  private static final int MAX_CONNECTIONS = 256;
  /** How long a proxy that does not answer is left alone: each attempt would last as long as the timeout. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<URI> proxies;
  private final Duration timeout;
  private final CloseableHttpClient client;
  /** The proxies that did not answer, and when each may be tried again. */
  private final Map<Target, Long> away = new ConcurrentHashMap<>();

  /**
   * A publication for all connections of a channel that proxies hold.
   *
   * @param publication frames or an end; no {@link Publication.Wake}
   */
  public record Item(String channel, Publication publication) {
    public Item {
      Channels.requireName(channel);
      if (publication instanceof Publication.Wake) {
        throw new IllegalArgumentException("No proxy can wake a function");
      }
    }
  }

  /** An address of a proxy, and its name. */
  private record Target(URI proxy, InetAddress address) {}

  /**
   * @param proxies where proxies take publications ({@link #parse}). Each name may stand for many proxies: every address that it has at
   *                the time of a publication is told
   * @param timeout for the proxies' answers
   */
  public GripPublisher(List<URI> proxies, Duration timeout) {
    this.proxies = List.copyOf(proxies);
    this.timeout = timeout;
    this.client = PlainHttp.client(MAX_CONNECTIONS, timeout);
  }

  /**
   * Reads comma-separated URLs such as {@code http://pushpin-control:5561}, as {@code KNATTER_GRIP} has them. Without a path it is
   * {@code /publish/}, Pushpin's.
   *
   * @throws IllegalArgumentException where one is no URL with a host
   */
  public static List<URI> parse(String urls) {
    return Arrays.stream(urls.split(",", -1))
      .map(String::strip)
      .filter(url -> !url.isEmpty())
      .map(GripPublisher::url)
      .toList();
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "The URL of a GRIP proxy must be http:// or https:// and have a host");
    }
    return url.getRawPath().length() > 1 ? url : url.resolve(DEFAULT_PATH);
  }

  /**
   * Publishes the items, in order on each channel, and waits for the answers. It may be repeated: clients that know repeated frames by
   * themselves lose nothing. A proxy that is away does not keep the others from being told.
   *
   * @return whether every proxy has taken all of them (2xx from each address). False where one has not, or where a name has no
   *         address
   */
  public boolean publish(List<Item> items) {
    Set<Target> targets = new LinkedHashSet<>();
    boolean taken = addAddresses(targets);
    away.keySet().retainAll(targets);
    for (byte[] body : GripItems.bodies(items)) {
      taken &= post(targets, body);
    }
    return taken;
  }

  /** False where a name has no address. */
  private boolean addAddresses(Set<Target> targets) {
    boolean all = true;
    for (URI proxy : proxies) {
      try {
        for (InetAddress address : InetAddress.getAllByName(proxy.getHost())) {
          targets.add(new Target(proxy, address));
        }
      } catch (UnknownHostException e) {
        LOG.debug("A GRIP proxy's name has no address");
        all = false;
      }
    }
    return all;
  }

  private boolean post(Set<Target> targets, byte[] body) {
    List<Target> tried = targets.stream().filter(this::mayTry).toList();
    boolean all = tried.size() == targets.size();
    if (tried.size() <= 1) {
      return tried.stream().allMatch(target -> post(target, body)) && all;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> posts = new ArrayList<>();
      tried.forEach(target -> posts.add(() -> post(target, body)));
      boolean taken = all;
      for (Future<Boolean> post : threads.invokeAll(posts, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        taken &= post.state() == Future.State.SUCCESS && post.resultNow();
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Of the publications for a proxy that is away, one a second finds out whether it is back. */
  private boolean mayTry(Target target) {
    Long until = away.get(target);
    long now = System.nanoTime();
    return until == null || (now - until >= 0 && away.replace(target, until, now + PAUSE_NANOS));
  }

  private boolean post(Target target, byte[] body) {
    URI proxy = target.proxy();
    HttpPost request = new HttpPost(proxy);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    try {
      return client.execute(
          new HttpHost(proxy.getScheme(), target.address(), proxy.getHost(), proxy.getPort()),
          request, response -> {
            EntityUtils.consume(response.getEntity());
            away.remove(target);
            return response.getCode() / 100 == 2;
          });
    } catch (ConnectionRequestTimeoutException e) {
      LOG.debug("Too many publications wait for GRIP proxies", e); // which says nothing about this one
      return false;
    } catch (IOException e) {
      away.put(target, System.nanoTime() + PAUSE_NANOS);
      LOG.debug("A GRIP proxy has not taken a publication", e);
      return false;
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
