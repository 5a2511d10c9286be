package dev.knatter.peers.springboot;

import java.util.UUID;

import dev.knatter.bench.sending.Draft;
import dev.knatter.bench.sending.MessageStore;
import dev.knatter.bench.sending.SentMessage;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** POST /v1/send: the limit, the batch, and then 201. The token was checked before. */
@RestController
class SendController {
  record SendRequest(String to, String content, String clientId) {}

  private final Admission admission;
  private final MessageStore messages;

  SendController(Admission admission, MessageStore messages) {
    this.admission = admission;
    this.messages = messages;
  }

  @PostMapping("/v1/send")
  @ResponseStatus(HttpStatus.CREATED)
  SentMessage send(@AuthenticationPrincipal Jwt caller, @RequestBody SendRequest request) {
    Draft draft;
    try {
      draft = Draft.of(request.to(), request.content(), request.clientId());
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The body is not a message.");
    }
    if (!admission.admits(caller.getSubject(), draft)) {
      throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS, "Too many messages.");
    }
    SentMessage sent = messages.send(UUID.fromString(caller.getSubject()),
        caller.getClaimAsString("preferred_username"), draft);
    if (sent == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such user.");
    }
    return sent;
  }

  @GetMapping("/healthz")
  void health() {}
}
