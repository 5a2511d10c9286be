package dev.knatter.shared.store.resp;

import java.io.IOException;

/** The server speaks TLS, and was spoken to without. */
public final class TlsExpectedException extends IOException {
  private static final long serialVersionUID = 1;
}
