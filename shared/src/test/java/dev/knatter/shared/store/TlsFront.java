package dev.knatter.shared.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Accepts TLS in front of a server that has none. Its certificate for localhost is self-signed. It can be slow: then it
 * pauses once before the handshake and once before the first answer.
 */
final class TlsFront implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "front";

  private final SSLServerSocket acceptor;
  private final Certificate certificate;
  private final Duration pause;

  private TlsFront(SSLServerSocket acceptor, Certificate certificate, Duration pause) {
    this.acceptor = acceptor;
    this.certificate = certificate;
    this.pause = pause;
  }

  static TlsFront before(int port, Path folder) throws Exception {
    return before(port, folder, Duration.ZERO);
  }

  static TlsFront before(int port, Path folder, Duration pause) throws Exception {
    return before("localhost", port, folder, pause);
  }

  /** Uses a certificate for another host name. */
  static TlsFront named(String name, int port, Path folder) throws Exception {
    return before(name, port, folder, Duration.ZERO);
  }

  private static TlsFront before(String name, int port, Path folder, Duration pause) throws Exception {
    Path store = folder.resolve("front.p12");
    Process keytool = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=" + name, "-ext",
        "san=dns:" + name, "-keystore",
        store.toString(), "-storepass", new String(PASSWORD))
      .inheritIO()
      .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    TlsFront front = new TlsFront((SSLServerSocket) context.getServerSocketFactory()
      .createServerSocket(0, 50, InetAddress.getLoopbackAddress()), keys.getCertificate(ALIAS),
        pause);
    Thread.ofVirtual().start(() -> front.serve(port));
    return front;
  }

  int port() {
    return acceptor.getLocalPort();
  }

  /** Returns the certificate as PEM. */
  String certificate() throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private void serve(int port) {
    try {
      while (true) {
        Socket client = acceptor.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pass(client, server, pause));
        Thread.ofVirtual().start(() -> pass(server, client, pause.multipliedBy(2)));
      }
    } catch (IOException e) {
      // the front was closed
    }
  }

  private static void pass(Socket from, Socket to, Duration pause) {
    try (from; to; OutputStream out = to.getOutputStream()) {
      Thread.sleep(pause);
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      // a client that does not trust the certificate closes the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }
}
