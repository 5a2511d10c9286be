package dev.knatter.adapter.stream;

import java.nio.charset.StandardCharsets;

/**
 * The secrets by which this process and GRIP proxies know each other.
 *
 * @param signature the key of {@code Grip-Sig}: Pushpin's {@code sig_key}, its bytes. It proves that a request came through a
 *                  proxy, and nothing about who sent it: a proxy adds it to everything that it forwards
 * @param seal      seals the state that a proxy keeps. Only the function's processes have it, all the same. At least 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // no code compares keys
public record GripKeys(byte[] signature, byte[] seal) {
  private static final int LEAST_SEAL = 32;

  public GripKeys {
    if (signature.length == 0) {
      throw new IllegalArgumentException("The key of the GRIP proxies is empty");
    }
    if (seal.length < LEAST_SEAL) {
      throw new IllegalArgumentException(
          "The key that seals the state has fewer than " + LEAST_SEAL + " bytes");
    }
  }

  public static GripKeys of(String signature, byte[] seal) {
    return new GripKeys(signature.getBytes(StandardCharsets.UTF_8), seal);
  }

  /** The keys stay out of logs. */
  @Override
  public String toString() {
    return "GripKeys";
  }
}
