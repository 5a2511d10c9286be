package dev.knatter.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves host names, and refuses a name if one of its addresses is not allowed. The HTTP client connects to the addresses
 * that this class returns and does not resolve the name again, so the name cannot point to another address a moment later.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  /** A lookup blocks a platform thread until the name servers answer, so the lookups have threads of their own. */
  private static final int THREADS = 32;
  private static final int IDLE_SECONDS = 10;

  private final AllowedAddresses allowed;
  private final Lookup lookup;
  private final ThreadPoolExecutor threads;

  /** Finds all addresses of a host name. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  CheckedResolver(AllowedAddresses allowed, Lookup lookup) {
    this.allowed = allowed;
    this.lookup = lookup;
    this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("dns-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Asks the system. The full stop that it adds to the name keeps the system from trying the cluster's search domains. */
  static InetAddress[] system(String host) throws UnknownHostException {
    boolean absolute = host.indexOf('.') >= 0 && !Character.isDigit(host.charAt(host.length() - 1));
    return InetAddress.getAllByName(absolute ? host + "." : host);
  }

  /**
   * Returns the first address of each family only. A name may have many addresses, and an attempt to connect to each takes
   * up to some seconds.
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Map<Integer, InetAddress> firsts = new LinkedHashMap<>();
    for (InetAddress address : lookUp(host)) {
      if (!allowed.contains(address)) {
        throw new NoAllowedAddressException();
      }
      firsts.putIfAbsent(address.getAddress().length, address);
    }
    return firsts.values().toArray(InetAddress[]::new);
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    Future<InetAddress[]> found = threads.submit(() -> lookup.addresses(host));
    try {
      return found.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new NoAllowedAddressException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAllowedAddressException();
    } finally {
      found.cancel(/* mayInterruptIfRunning= */ true);
    }
  }

  /** Not used here: the client needs it only for Kerberos. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
