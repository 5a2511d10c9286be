package dev.knatter.adapter.event;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** HTTP clients that send each request once and hand over the answer as it is. */
public final class PlainHttp {
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
}
