package dev.knatter.shared.store;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

import io.netty.resolver.DefaultAddressResolverGroup;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SubscriptionMode;
import org.redisson.connection.ConnectionListener;

/**
 * The configuration of Redisson: few threads and connections, short timeouts, and the same settings for a single server,
 * Sentinels and a cluster.
 */
final class RedissonConfig {
  /** The longest time that a request waits for Redis. */
  static final Duration PATIENCE = Duration.ofMillis(400);
  /**
   * The timeout of the login and the ping of a new connection. No request waits for these, and a process that has just
   * started is slow.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  /** The timeout for a whole new connection. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RECONNECT_DELAY = Duration.ofMillis(500);
  /** A connection that does not answer a ping within this time is replaced. */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(2);
  /** Two are enough: Redisson lets commands share the connections of a pool of fewer than ten. */
  private static final int CONNECTIONS = 2;
  private static final int NETTY_THREADS = 2;
  /** More than the users who can wait for messages in one process, so that one connection carries all their channels. */
  private static final int CHANNELS = 1_000_000;

  private RedissonConfig() {}

  static Config of(RedisSettings settings, ExecutorService threads, ConnectionListener listener) {
    Config config = new Config();
    config.setCodec(ByteArrayCodec.INSTANCE) // the default codec needs Kryo
      .setNettyThreads(NETTY_THREADS)
      .setExecutor(threads)
      .setConnectionListener(listener)
      // The JDK's resolver, so that the process has no second resolver that reads /etc/resolv.conf, which is Netty's.
      .setAddressResolverGroupFactory((_, _, _) -> DefaultAddressResolverGroup.INSTANCE)
      .setReferenceEnabled(false); // the product does not use Redisson's live objects
    settings.username().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    settings.tlsCa().map(Tls::trusting).ifPresent(config::setSslTrustManagerFactory);
    String[] addresses = settings.addresses().stream().map(URI::toString).toArray(String[]::new);
    if (settings.sentinelMaster().isPresent()) {
      primaryOnly(config.useSentinelServers())
        .setMasterName(settings.sentinelMaster().get())
        .addSentinelAddress(addresses)
        .setCheckSentinelsList(false); // one Sentinel is enough
    } else if (addresses.length > 1) {
      primaryOnly(config.useClusterServers())
        .addNodeAddress(addresses)
        .setCheckSlotsCoverage(false); // while a part of the cluster is away, the keys of the other parts still work
    } else {
      common(config.useSingleServer())
        .setAddress(addresses[0])
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(CONNECTIONS)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setSubscriptionConnectionPoolSize(1);
    }
    return config;
  }

  private static <T extends BaseMasterSlaveServersConfig<T>> T primaryOnly(T config) {
    return common(config).setReadMode(ReadMode.MASTER)
      .setSubscriptionMode(SubscriptionMode.MASTER)
      .setMasterConnectionMinimumIdleSize(1)
      .setMasterConnectionPoolSize(CONNECTIONS)
      .setSubscriptionConnectionMinimumIdleSize(0)
      .setSubscriptionConnectionPoolSize(1);
  }

  private static <T extends BaseConfig<T>> T common(T config) {
    return config.setTimeout((int) TIMEOUT.toMillis())
      .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
      .setRetryAttempts(0)
      // There are no retries. The delay only limits how long Redisson may take to open a connection for channels.
      .setRetryDelay(new ConstantDelay(TIMEOUT))
      .setReconnectionDelay(new ConstantDelay(RECONNECT_DELAY))
      .setPingConnectionInterval((int) PING_INTERVAL.toMillis())
      .setSubscriptionsPerConnection(CHANNELS);
  }
}
