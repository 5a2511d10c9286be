package dev.knatter.adapter.http;

import java.util.List;

/**
 * The way to the client of a held connection. Any thread may use it. Once the connection ends, what is written goes nowhere.
 */
public interface HeldConnection {

  /**
   * Writes without waiting.
   *
   * @param utf8 one message of a WebSocket; or a part of an event stream
   * @return false where the client is so slow that the bytes which wait for it are too many; nothing was written then
   */
  boolean offer(byte[] utf8);

  /**
   * Writes and waits until the operating system has taken it. Not on an event loop.
   *
   * @return false where it was not taken in time
   */
  boolean put(byte[] utf8);

  /** Reads the next text of a WebSocket's client. */
  void readNext();

  /**
   * Writes the last messages, whatever waits already, and ends the connection. A second call does nothing.
   *
   * @param code   of RFC 6455 §7.4; an event stream only ends
   * @param reason as {@code code}
   */
  void end(List<byte[]> last, int code, String reason);
}
