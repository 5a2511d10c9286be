package dev.knatter.shared.store.resp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A server and how it is spoken to.
 *
 * @param password of its default user
 * @param tls      verifies the server; absent for a connection without TLS
 */
public record Address(String host, int port, Optional<String> password, Optional<SSLContext> tls) {
  /** Another server of the same cluster. */
  Address sibling(String otherHost, int otherPort) {
    return new Address(otherHost, otherPort, password, tls);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), Server.TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      return tls.isPresent() ? secured(socket, tls.get()) : socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, SSLContext context) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory()
      .createSocket(plain, host, port, /* autoClose= */ true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // else any certificate of the authority would do
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Server.TIMEOUT_MILLIS);
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }

  /** @throws IOException where the password is refused */
  void login(Socket socket, Replies replies) throws IOException {
    if (password.isPresent()) {
      socket.setSoTimeout(Server.TIMEOUT_MILLIS);
      socket.getOutputStream().write(Command.of("AUTH", password.get()));
      if (replies.next() instanceof Refusal refusal) {
        // Where the command fails for any reason of its own, such as a server without passwords, ours is no good there.
        throw new RefusedException(refusal.is("ERR") ? "WRONGPASS" : refusal.code());
      }
      socket.setSoTimeout(0);
    }
  }

  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
