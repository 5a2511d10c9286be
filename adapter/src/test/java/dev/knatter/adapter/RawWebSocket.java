package dev.knatter.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A WebSocket of whose frames tests write every byte (RFC 6455 §5.2). */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};
  private static final int PATIENCE_MILLIS = 20_000;

  /** A frame of the server. */
  @SuppressWarnings("ArrayRecordComponent") // no code compares frames
  record Received(int opcode, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    /** The code of a close. */
    int code() {
      return ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  private final Socket socket = new Socket();
  private final DataInputStream in;

  private RawWebSocket(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawWebSocket open(FunctionServer server) throws IOException {
    RawWebSocket opened = new RawWebSocket(server.port());
    opened.sendBytes(
        handshake(TalkStream.PATH, TalkStream.AUTHORIZATION).replace("\n", "\r\n").getBytes(UTF_8));
    opened.readHead();
    return opened;
  }

  /** The handshake of RFC 6455 §1.3. */
  static String handshake(String target, String fields) {
    return "GET " + target + " HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n" + fields + "\n";
  }

  private void readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head.toString());
    }
  }

  RawWebSocket text(String text) throws IOException {
    return frame(FIN | TEXT, text.getBytes(UTF_8));
  }

  /** @param first FIN, the reserved bits and the opcode */
  RawWebSocket frame(int first, byte[] payload) throws IOException {
    return sendBytes(bytes(first, payload));
  }

  static byte[] bytes(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    byte[] all = new byte[frame.position()];
    frame.flip().get(all);
    return all;
  }

  RawWebSocket sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** @throws java.io.EOFException at the end of the connection */
  Received read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Received(opcode, payload);
  }

  /** Reads the next text; pings are answered. */
  String readText() throws IOException {
    Received frame = read();
    while (frame.opcode() == PING) {
      frame(FIN | PONG, frame.payload());
      frame = read();
    }
    if (frame.opcode() != TEXT) {
      throw new AssertionError("not a text but opcode " + frame.opcode());
    }
    return frame.text();
  }

  /** Reads until the server closes, and returns its close. */
  Received readClose() throws IOException {
    Received frame = read();
    while (frame.opcode() != CLOSE) {
      frame = read();
    }
    return frame;
  }

  /** Whether the connection ends without another byte. */
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
