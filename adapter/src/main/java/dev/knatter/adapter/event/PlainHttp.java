package dev.knatter.adapter.event;

import java.time.Duration;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP clients that send each request once and hand over the answer as it is. */
public final class PlainHttp {
  /** A server may have closed a connection that was not used for so long. */
  private static final TimeValue CHECK_CONNECTION_AFTER = TimeValue.ofSeconds(1);

  private PlainHttp() {}

  /** Returns the builder of a client without retries, redirects, cookies, compression or remembered authentication. */
  public static HttpClientBuilder builder() {
    return HttpClientBuilder.create()
      .disableAutomaticRetries()
      .disableRedirectHandling()
      .disableCookieManagement()
      .disableAuthCaching()
      .disableContentCompression()
      .disableConnectionState();
  }

  /**
   * Returns a client for servers whose addresses an operator has configured.
   *
   * @param maxConnections to all servers together, or to one
   * @param timeout        for a connection to be free, for it to be opened, and for each wait for bytes of the answer
   */
  public static CloseableHttpClient client(int maxConnections, Duration timeout) {
    return builder()
      .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(maxConnections)
        .setMaxConnPerRoute(maxConnections)
        .setDefaultConnectionConfig(ConnectionConfig.custom()
          .setConnectTimeout(Timeout.of(timeout))
          .setSocketTimeout(Timeout.of(timeout))
          .setValidateAfterInactivity(CHECK_CONNECTION_AFTER)
          .build())
        .build())
      .setDefaultRequestConfig(RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(timeout))
        .setResponseTimeout(Timeout.of(timeout))
        .setProtocolUpgradeEnabled(false)
        .build())
      .build();
  }
}
