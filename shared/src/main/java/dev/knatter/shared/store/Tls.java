package dev.knatter.shared.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.knatter.shared.Env;

/** TLS for servers of the installation's own operator. It trusts the given authorities (PEM) and no others. */
public final class Tls {
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

  private Tls() {}

  /** Reads a secret that must hold certificates (PEM). Only {@link #context} checks that they can be read. */
  public static Optional<String> authorities(Env env, String name) {
    Optional<String> pem = env.findSecret(name);
    if (pem.isPresent() && !pem.get().contains(CERTIFICATE)) {
      throw Env.unfit(name, "certificates in PEM");
    }
    return pem;
  }

  /** @param pem certificates (RFC 7468) */
  static TrustManagerFactory trusting(String pem) {
    try (InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory
        .getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return factory;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("The certificates of authorities to trust cannot be read.", e);
    }
  }

  /**
   * @param pem certificates (RFC 7468)
   * @throws IllegalStateException if the text holds anything else
   */
  public static SSLContext context(String pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(pem).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
