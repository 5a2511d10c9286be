package dev.knatter.shared.store.resp;

import java.nio.charset.StandardCharsets;

/** Where a cluster keeps a key (Redis cluster specification, "Key distribution model" and "Hash tags"). */
final class Slot {
  private static final int SLOTS = 16_384;
  private static final int POLYNOMIAL = 0x1021; // CRC-16/XMODEM

  private Slot() {}

  static int of(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open + 1);
    String hashed = close > open + 1 ? key.substring(open + 1, close) : key;
    int crc = 0;
    for (byte next : hashed.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (next & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
    }
    return (crc & 0xFFFF) % SLOTS;
  }
}
