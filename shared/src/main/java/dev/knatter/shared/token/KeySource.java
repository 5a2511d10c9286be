package dev.knatter.shared.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

import dev.knatter.shared.store.Tls;
import org.jspecify.annotations.Nullable;

/** Fetches a key set from the address that the operator named, and from nowhere else: no redirect is followed. */
final class KeySource {
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  private static final int MAX_BYTES = 256 * 1024;

  private final URI url;
  private final @Nullable SSLSocketFactory sockets;

  /** @param tlsCa certificate of the authority to trust (PEM); null for those that the JDK trusts */
  KeySource(URI url, @Nullable String tlsCa) {
    this.url = url;
    this.sockets = tlsCa == null ? null : Tls.context(tlsCa).getSocketFactory();
  }

  /** The text. Messages of its errors say nothing that came from there. */
  String fetch() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json, application/jwk-set+json");
    if (sockets != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(sockets);
    }
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("status " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } finally {
      connection.disconnect();
    }
  }
}
