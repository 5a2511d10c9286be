package dev.knatter.peers.quarkus;

import java.util.UUID;

import dev.knatter.bench.sending.Draft;
import dev.knatter.bench.sending.MessageStore;
import dev.knatter.bench.sending.SentMessage;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.ResponseStatus;

/** POST /v1/send: the limit, the batch, and then 201. The token was checked before. */
@Path("/")
public class SendResource {
  public record SendRequest(String to, String content, String clientId) {}

  private final JsonWebToken caller;
  private final Admission admission;
  private final MessageStore messages;

  SendResource(JsonWebToken caller, Admission admission, MessageStore messages) {
    this.caller = caller;
    this.admission = admission;
    this.messages = messages;
  }

  @POST
  @Path("v1/send")
  @Authenticated
  @ResponseStatus(201)
  public SentMessage send(SendRequest request) {
    Draft draft;
    try {
      draft = Draft.of(request.to(), request.content(), request.clientId());
    } catch (IllegalArgumentException e) {
      throw new ClientErrorException("The body is not a message.", 400);
    }
    if (!admission.admits(caller.getSubject(), draft)) {
      throw new ClientErrorException("Too many messages.", 429);
    }
    SentMessage sent = messages.send(UUID.fromString(caller.getSubject()), caller.getClaim("preferred_username"),
        draft);
    if (sent == null) {
      throw new ClientErrorException("There is no such user.", 404);
    }
    return sent;
  }

  @GET
  @Path("healthz")
  public String health() {
    return "";
  }
}
