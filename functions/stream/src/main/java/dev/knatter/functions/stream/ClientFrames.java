package dev.knatter.functions.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.adapter.stream.Frame;
import dev.knatter.adapter.stream.StreamAnswer;
import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.RequestFingerprint;
import dev.knatter.chat.live.LiveFrame.Ack;
import dev.knatter.chat.live.LiveFrame.ErrorFrame;
import dev.knatter.chat.live.Presence;
import dev.knatter.chat.message.SendCommand;
import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.sending.SendOperation;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Answers the frames that clients send. An invalid one is answered with an error, and the connection goes on. */
final class ClientFrames {
  private final HeldGuard guard;
  private final CatchUp catchUp;
  private final SendOperation sending;
  private final Presence presence;
  private final Json json = new Json();

  ClientFrames(HeldGuard guard, CatchUp catchUp, SendOperation sending, Presence presence) {
    this.guard = guard;
    this.catchUp = catchUp;
    this.sending = sending;
    this.presence = presence;
  }

  record SyncInput(String type, @Nullable String cursor) {}

  record TypingInput(String type, @Nullable String conversationId) {}

  record PresenceInput(String type, @Nullable Boolean visible) {}

  record SendInput(String type, @Nullable String clientId, @Nullable String to,
      @Nullable String conversationId,
      @Nullable String content, @Nullable String contentType, @Nullable String replyTo,
      @Nullable String keyId) {
    String fingerprint() {
      return SendOperation.fingerprint(to, conversationId, content, contentType, replyTo, keyId);
    }
  }

  StreamAnswer answer(Identity identity, String text) {
    Map<String, @Nullable Object> object;
    try {
      object = json.object(text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidInput e) {
      return refused(null, () -> {
        throw invalid(e);
      });
    }
    String clientId = object.get("clientId") instanceof String id && id.length() <= 64 ? id : null;
    return refused(clientId, () -> answer(identity, object));
  }

  /** The answer to any frame while it cannot be told whether the session is still open. */
  StreamAnswer away() {
    return refused(null, () -> {
      throw new Unavailable("The store does not answer at the moment.");
    });
  }

  private static StreamAnswer refused(@Nullable String clientId, Callable<StreamAnswer> call) {
    return HeldGuard.attempt(call,
        problem -> StreamAnswer.of(Outgoing.frame(ErrorFrame.of(clientId, problem))));
  }

  private StreamAnswer answer(Identity identity, Map<String, @Nullable Object> object) {
    try {
      return switch (object.get("type") instanceof String type ? type : "") {
        case "sync" -> sync(identity, json.bind(object, SyncInput.class));
        case "send" -> send(identity, json.bind(object, SendInput.class));
        case "typing" -> typing(identity, json.bind(object, TypingInput.class));
        case "presence" -> presence(identity, json.bind(object, PresenceInput.class));
        default -> throw new InvalidRequest("/type", "must be sync, send, typing or presence");
      };
    } catch (InvalidInput e) {
      throw invalid(e);
    }
  }

  private StreamAnswer sync(Identity identity, SyncInput sync) {
    Admitted _ = guard.admit(RateLimit.SYNC, identity, null);
    return StreamAnswer.nothing().frames(catchUp.after(identity.userId(), sync.cursor()).withEnd());
  }

  /** The same as POST /v1/send, with its limit. Only an Idempotency-Key cannot be given. */
  private StreamAnswer send(Identity identity, SendInput input) {
    Checks checks = new Checks();
    String given = input.clientId();
    checks.require(given != null, "/clientId", "is required");
    UUID clientId = SendOperation.clientId(checks, given);
    SendCommand command = SendCommand.check(checks, input.to(), input.conversationId(), input.content(),
        input.contentType(), input.replyTo(), input.keyId());
    checks.done();
    if (given == null || clientId == null) {
      throw new InvalidRequest("/clientId", "is required");
    }
    Admitted admitted = guard.admit(RateLimit.SEND, identity,
        new RequestFingerprint(clientId.toString(), input.fingerprint()));
    SendOperation.Sent sent = sending.send(identity, command, new SendKey.ClientId(clientId),
        admitted.replay(),
        admitted.invalidated());
    return StreamAnswer.of(Outgoing.frame(Ack.of(given, sent.message())));
  }

  private StreamAnswer typing(Identity identity, TypingInput typing) {
    Checks checks = new Checks();
    checks.require(typing.conversationId() != null, "/conversationId", "is required");
    UUID conversation = checks.uuid(typing.conversationId(), "/conversationId");
    checks.done();
    Admitted _ = guard.admit(RateLimit.TYPING, identity, null);
    if (conversation != null) {
      presence.typing(identity, conversation);
    }
    return StreamAnswer.nothing();
  }

  private StreamAnswer presence(Identity identity, PresenceInput input) {
    Boolean visible = input.visible();
    if (visible == null) {
      throw new InvalidRequest("/visible", "is required");
    }
    Admitted _ = guard.admit(RateLimit.PRESENCE, identity, null);
    List<Frame> frames = presence.say(identity, visible).stream().map(Outgoing::frame).toList();
    return StreamAnswer.nothing().frames(frames);
  }

  private static InvalidRequest invalid(InvalidInput input) {
    return new InvalidRequest(
        input.errors().stream().map(error -> new FieldError(error.pointer(), error.detail())).toList());
  }
}
