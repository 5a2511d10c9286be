package dev.knatter.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/**
 * A certificate that only its own key vouches for, good for trying out. By the JDK's keytool, since the JDK has no public
 * class that makes one.
 *
 * @param certificate PEM
 * @param key         PEM, PKCS #8
 */
record SelfSigned(String certificate, String key) {
  private static final String ALIAS = "knatter";
  private static final String DAYS = "365";

  /** @param scratch a folder that nobody else reads */
  static SelfSigned make(String host, Path scratch) throws IOException, InterruptedException {
    Path file = scratch.resolve("certificate.p12");
    String password = UUID.randomUUID().toString();
    ProcessBuilder keytool = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS,
        "-keyalg", "EC", "-groupname", "secp256r1", "-validity", DAYS, "-dname", "CN=" + shortened(host),
        "-ext",
        "san=dns:" + host, "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass:env",
        "STORE_PASSWORD");
    keytool.environment().put("STORE_PASSWORD", password);
    Process process = keytool.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool makes no certificate for " + host + ": " + said.strip());
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      return new SelfSigned(pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
          pem("PRIVATE KEY", store.getKey(ALIAS, password.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e)); // we have just made it
    }
  }

  /** A common name has 64 characters at most; clients look at the alternative name, which may have more. */
  private static String shortened(String host) {
    return host.substring(0, Math.min(host.length(), 64));
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what,
        Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content), what);
  }

  @Override
  public String toString() {
    return "SelfSigned"; // and not its key
  }
}
