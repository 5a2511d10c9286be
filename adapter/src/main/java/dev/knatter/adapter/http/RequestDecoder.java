package dev.knatter.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder, set to be strict and to our sizes. It reports when bytes arrive, so that the connection can time a
 * slow head.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private final Runnable onBytes;

  RequestDecoder(Runnable onBytes) {
    super(new HttpDecoderConfig().setMaxInitialLineLength(ServerLimits.REQUEST_LINE)
      .setMaxHeaderSize(ServerLimits.HEADER_SECTION)
      .setStrictLineParsing(true)
      .setUseRfc9112TransferEncoding(true));
    this.onBytes = onBytes;
  }

  /** Netty alone would also accept {@code http/1.1} and later minor versions. */
  @Override
  protected HttpMessage createMessage(String[] line) throws Exception {
    if (!line[2].equals("HTTP/1.1") && !line[2].equals("HTTP/1.0")) {
      throw new IllegalArgumentException("Not a version to serve");
    }
    return super.createMessage(line);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    onBytes.run();
    super.channelRead(context, message);
  }
}
