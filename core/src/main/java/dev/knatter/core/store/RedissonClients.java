package dev.knatter.core.store;

import java.net.URI;
import java.time.Duration;

import io.netty.resolver.DefaultAddressResolverGroup;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/** Makes Redisson clients that start cheaply and give up quickly. */
final class RedissonClients {
  private static final int CALL_MILLIS = 400;
  private static final int CONNECTIONS = 8;
  private static final int THREADS = 2;
  /** Everybody who waits for a message holds a subscription; they share connections. */
  private static final int SUBSCRIPTIONS = 10_000;
  private static final int SUBSCRIBERS = 2;

  private RedissonClients() {}

  static RedissonClient lazy(RedisSettings settings) {
    Config config = new Config();
    config.setLazyInitialization(true)
      .setUseScriptCache(true)
      .setCodec(StringCodec.INSTANCE)
      .setThreads(THREADS)
      .setNettyThreads(THREADS);
    // The platform's resolver: Redisson's own starts a name server client that a cluster does not need.
    config.setAddressResolverGroupFactory((_, _, _) -> DefaultAddressResolverGroup.INSTANCE);
    settings.password().ifPresent(config::setPassword);
    settings.tlsCa().ifPresent(pem -> config.setSslTrustManagerFactory(Tls.trusting(pem)));
    if (settings.addresses().size() > 1) {
      quick(config.useClusterServers()
        .setMasterConnectionMinimumIdleSize(1)
        .setSlaveConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setSubscriptionConnectionPoolSize(SUBSCRIBERS)
        .addNodeAddress(settings.addresses().stream().map(URI::toString).toArray(String[]::new)));
    } else {
      quick(config.useSingleServer()
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(CONNECTIONS)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setSubscriptionConnectionPoolSize(SUBSCRIBERS)
        .setDnsMonitoringInterval(-1)
        .setAddress(settings.addresses().getFirst().toString()));
    }
    return Redisson.create(config);
  }

  private static void quick(BaseConfig<?> servers) {
    servers.setTimeout(CALL_MILLIS);
    servers.setConnectTimeout(CALL_MILLIS);
    servers.setSubscriptionTimeout(CALL_MILLIS);
    servers.setSubscriptionsPerConnection(SUBSCRIPTIONS);
    servers.setRetryAttempts(0);
    servers.setReconnectionDelay(new ConstantDelay(Duration.ofMillis(500)));
  }
}
