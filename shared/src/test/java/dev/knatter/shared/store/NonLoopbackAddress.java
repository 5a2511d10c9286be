package dev.knatter.shared.store;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** An address of this machine as another machine would use it. */
final class NonLoopbackAddress {
  private NonLoopbackAddress() {}

  static String address() throws SocketException {
    return NetworkInterface.networkInterfaces()
      .flatMap(NetworkInterface::inetAddresses)
      .filter(Inet4Address.class::isInstance)
      .filter(address -> !address.isLoopbackAddress())
      .map(InetAddress::getHostAddress)
      .findFirst()
      .orElseThrow(() -> new IllegalStateException("This machine has loopback alone."));
  }
}
