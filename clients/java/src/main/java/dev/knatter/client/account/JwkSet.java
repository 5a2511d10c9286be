package dev.knatter.client.account;

import java.util.List;
import java.util.Map;

/** The public keys that verify access tokens (RFC 7517), as other libraries read them. */
public record JwkSet(List<Map<String, Object>> keys) {
  public JwkSet {
    keys = List.copyOf(keys);
  }
}
