package dev.knatter.outbound;

import java.net.UnknownHostException;

/**
 * A host has no address, or an address that the product may not call. It does not say which, so that a stranger cannot
 * explore the cluster's network.
 */
final class NoAllowedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  NoAllowedAddressException() {
    super("no allowed address");
  }
}
