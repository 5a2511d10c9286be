package dev.knatter.outbound;

import java.net.UnknownHostException;

/** A host has no address, or one that may not be called. Which of the two is true is not for strangers to know. */
final class NoAllowedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  NoAllowedAddressException() {
    super("no allowed address");
  }
}
