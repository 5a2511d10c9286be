package dev.knatter.adapter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.adapter.event.BinaryMode;
import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.StructuredMode;
import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import org.springframework.cloud.function.cloudevent.CloudEventMessageUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A function that consumes CloudEvents. It sees their attributes as Spring Cloud Function's other adapters hand them over
 * ({@link CloudEventMessageUtils}): each attribute and each extension as a header with the prefix {@code ce-}.
 *
 * <p>A broker understands three answers: 202 (done), 400 (never again: the event goes to the dead letters) and 503 (later). It
 * takes a body or a ce- field in a 202 for a reply event, and it retries after 404, 408, 409 and 429, so this operation never
 * answers with one of these.
 */
final class EventOperation implements Operation {
  private static final String STRUCTURED = "application/cloudevents+json";

  private final Route<?> route;
  private final Function<Message<?>, Message<?>> function;
  private final Json json;
  private final Problems problems;

  EventOperation(Route<?> route, Function<Message<?>, Message<?>> function, Json json, Problems problems) {
    this.route = route;
    this.function = function;
    this.json = json;
    this.problems = problems;
  }

  @Override
  public Route<?> route() {
    return route;
  }

  @Override
  public Plan plan(RequestHead head, Map<String, String> variables, String query) {
    List<String> types = head.values("Content-Type");
    String type = MediaTypes.ofContent(types);
    boolean structured = STRUCTURED.equals(type);
    boolean binary = takesAnyData() || MediaTypes.JSON.equals(type)
        || (types.isEmpty() && !head.announcesBody());
    if (!structured && !binary) {
      return new Plan.Reply(problems.of(Problem.UNSUPPORTED_MEDIA_TYPE));
    }
    if (!ContentCodings.areNone(head.values("Content-Encoding"))) {
      return new Plan.Reply(problems.codedBody());
    }
    Map<String, Object> headers = CallerHeaders.read(head, CallerHeaders.OF_EVENT);
    if (headers == null) {
      return new Plan.Reply(problems.repeatedField());
    }
    return new Plan.Work(route.maxBodyBytes(), /* waits= */ false,
        (body, _) -> consume(headers, head, body, structured));
  }

  private Response consume(Map<String, Object> headers, RequestHead head, byte[] body, boolean structured) {
    Message<?> message;
    try {
      Event event = structured
          ? StructuredMode.read(body, json, takesAnyData())
          : BinaryMode.read(head, body);
      Map<String, Object> all = new HashMap<>(headers);
      event.attributes()
        .forEach((name, value) -> all.put(CloudEventMessageUtils.DEFAULT_ATTR_PREFIX + name, value));
      if (takesAnyData() && !structured) {
        head.values("Content-Type")
          .forEach(type -> all.put(CloudEventMessageUtils.DEFAULT_ATTR_PREFIX + "datacontenttype", type));
      }
      message = new GenericMessage<>(bind(event), all);
    } catch (InvalidInput e) {
      return problems.invalid(e.errors());
    }
    try {
      return verdict(function.apply(message));
    } catch (RuntimeException e) {
      problems.report(e);
      return problems.unavailable();
    }
  }

  private boolean takesAnyData() {
    return route.input() == byte[].class;
  }

  private Object bind(Event event) {
    if (takesAnyData()) {
      return event.data();
    }
    Object tree = event.data().length == 0 ? null : json.tree(event.data());
    if (tree == null) {
      throw new InvalidInput("/data", "is missing");
    }
    try {
      return json.bind(tree, route.input());
    } catch (InvalidInput e) {
      throw e.under("/data");
    }
  }

  private Response verdict(Message<?> answer) {
    int status = Answer.status(answer);
    if (status < 300) {
      return Response.of(202);
    }
    boolean never = status < 500 && status != 408 && status != 409 && status != 429;
    return never ? problems.of(Problem.INVALID_REQUEST) : problems.unavailable();
  }
}
