package dev.knatter.shared.store;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.WriteRedisConnectionException;

/**
 * Why a client cannot reach a server, by the exceptions of the JDK and of Redisson. If several constants match the causes
 * of a failure, the first one says the most. The texts repeat nothing of an exception's message.
 */
enum NetworkFault {
  EXPIRED("TLS: the server's certificate is not valid at this time, by the clock of this machine"),
  OTHER_NAME("TLS: the server's certificate is for another host name than {address} says"),
  UNTRUSTED("TLS: the server's certificate is of an authority that is not trusted; check {authorities}"),
  PLAIN("TLS: the server answers without TLS; check the port in {address}"),
  SECURED("the server speaks TLS, and TLS is not configured; check {address} and {authorities}"),
  TLS("TLS: the handshake fails; check the port in {address}, and {authorities}"),
  UNKNOWN_HOST("its host name is not known (DNS); check {address}"),
  REFUSED("the connection is refused; check {address}, and whether it runs"),
  UNREACHABLE("no network leads to its address; check {address}"),
  TIMED_OUT("it does not answer in time; check {address}, and that no firewall is between"),
  CLOSED("it closes the connection; check {address}");

  private final String text;

  NetworkFault(String text) {
    this.text = text;
  }

  /**
   * Returns the text for the operator.
   *
   * @param address     the variable that says where the server is
   * @param authorities the variable that holds the certificates to trust
   */
  String text(String address, String authorities) {
    return text.replace("{address}", address).replace("{authorities}", authorities);
  }

  static Optional<NetworkFault> of(Collection<Throwable> failures) {
    return failures.stream().map(NetworkFault::of).filter(Objects::nonNull).min(NetworkFault::compareTo);
  }

  private static @Nullable NetworkFault of(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "").toLowerCase(Locale.ROOT);
    return switch (failure) {
      case CertificateExpiredException _ -> EXPIRED;
      case CertificateNotYetValidException _ -> EXPIRED;
      case CertPathBuilderException _ -> UNTRUSTED;
      case CertPathValidatorException _ -> UNTRUSTED;
      case CertificateException _ when message.startsWith("no subject alternative")
          || message.startsWith("no name matching") ->
        OTHER_NAME;
      case SSLException _ -> plain(failure, message) ? PLAIN : TLS;
      case UnknownHostException _ -> UNKNOWN_HOST;
      case UnresolvedAddressException _ -> UNKNOWN_HOST;
      case NoRouteToHostException _ -> UNREACHABLE;
      case SocketTimeoutException _ -> TIMED_OUT;
      case TimeoutException _ -> TIMED_OUT;
      case RedisTimeoutException _ -> TIMED_OUT;
      case ConnectException _ when message.contains("timed out") -> TIMED_OUT;
      case ConnectException _ when message.contains("refused") -> REFUSED;
      case SocketException _ when message.contains("unreachable") -> UNREACHABLE;
      case SocketException _ -> CLOSED;
      case ClosedChannelException _ -> CLOSED;
      case EOFException _ -> CLOSED;
      case WriteRedisConnectionException _ -> CLOSED;
      default -> null;
    };
  }

  /** Whether the server answered without TLS. Netty has an exception type for this; the JDK has only a message. */
  private static boolean plain(Throwable failure, String message) {
    return failure.getClass().getSimpleName().equals("NotSslRecordException")
        || message.contains("unsupported or unrecognized ssl message");
  }
}
