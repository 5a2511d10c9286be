package dev.knatter.bench.floor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.knatter.bench.sending.Draft;
import dev.knatter.bench.sending.MessageStore;
import dev.knatter.bench.sending.SentMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** POST /v1/send: the token, the limit, the batch, and then 201. */
final class SendHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(SendHandler.class);
  private static final int MAX_BODY = 128 * 1024;
  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;
  private final CompletableFuture<Admission> admission;
  private final CompletableFuture<MessageStore> messages;

  SendHandler(Tokens tokens, CompletableFuture<Admission> admission,
      CompletableFuture<MessageStore> messages) {
    this.tokens = tokens;
    this.admission = admission;
    this.messages = messages;
  }

  private record Answer(int status, Map<String, Object> body) {
    static Answer problem(int status, String detail) {
      return new Answer(status, Map.of("status", status, "detail", detail));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException e) {
        log.error("A send failed", e);
        answer = Answer.problem(503, "Try again.");
      }
      byte[] body = JSONObjectUtils.toJSONString(answer.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders()
        .set("Content-Type", answer.status() < 300 ? "application/json" : "application/problem+json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.problem(405, "Only POST is answered.");
    }
    if (body.length > MAX_BODY) {
      return Answer.problem(413, "The body is too large.");
    }
    String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Optional<Tokens.Caller> caller = header.startsWith(SCHEME)
        ? tokens.verify(header.substring(SCHEME.length()))
        : Optional.empty();
    if (caller.isEmpty()) {
      return Answer.problem(401, "The access token is not valid.");
    }
    Draft draft;
    try {
      draft = draft(new String(body, StandardCharsets.UTF_8));
    } catch (ParseException | IllegalArgumentException e) {
      return Answer.problem(400, "The body is not a message.");
    }
    return send(caller.get(), draft);
  }

  private static Draft draft(String body) throws ParseException {
    Map<String, Object> parts = JSONObjectUtils.parse(body);
    return Draft.of(JSONObjectUtils.getString(parts, "to"), JSONObjectUtils.getString(parts, "content"),
        JSONObjectUtils.getString(parts, "clientId"));
  }

  private Answer send(Tokens.Caller caller, Draft draft) {
    if (!admission.join().admits(caller.id(), draft)) {
      return Answer.problem(429, "Too many messages.");
    }
    SentMessage sent = messages.join().send(caller.id(), caller.username(), draft);
    if (sent == null) {
      return Answer.problem(404, "There is no such user.");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", sent.id().toString());
    body.put("conversationId", sent.conversationId().toString());
    body.put("sender", sent.sender());
    body.put("recipient", sent.recipient());
    body.put("content", sent.content());
    body.put("contentType", sent.contentType());
    body.put("sentAt", sent.sentAt().toString());
    return new Answer(201, body);
  }
}
