package dev.knatter.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's strict decoder with our sizes, which tells when bytes arrive, so that a slow head can be timed. */
final class RequestDecoder extends HttpRequestDecoder {
  private final Runnable onBytes;

  RequestDecoder(Runnable onBytes) {
    super(new HttpDecoderConfig().setMaxInitialLineLength(Bounds.REQUEST_LINE)
      .setMaxHeaderSize(Bounds.HEADER_SECTION)
      .setStrictLineParsing(true)
      .setUseRfc9112TransferEncoding(true));
    this.onBytes = onBytes;
  }

  /** Netty would take {@code http/1.1} and later minor versions too. */
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
