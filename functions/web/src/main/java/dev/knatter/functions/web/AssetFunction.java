package dev.knatter.functions.web;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.shared.DomainError.NotFound;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/** Answers a file that the page loads. Its name holds the hash of its content, so it never changes. */
final class AssetFunction implements Function<Message<AssetQuery>, Message<byte[]>> {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Map<String, SiteFile> assets;

  AssetFunction(Map<String, SiteFile> assets) {
    this.assets = assets;
  }

  @Override
  public Message<byte[]> apply(Message<AssetQuery> message) {
    SiteFile file = assets.get(message.getPayload().file());
    if (file == null) {
      throw new NotFound("The page has no such file.");
    }
    return new GenericMessage<>(file.bytes(), Map.of(MessageHeaders.CONTENT_TYPE, file.type(),
        "Cache-Control", FOR_EVER));
  }
}
