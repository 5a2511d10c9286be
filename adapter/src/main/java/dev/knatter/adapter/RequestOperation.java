package dev.knatter.adapter;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHead;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.adapter.json.TextFields;
import dev.knatter.adapter.json.Utf8;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A function that answers HTTP requests: its input is bound from the path and the body or the query, and its answer is
 * written.
 */
final class RequestOperation implements Operation {
  /** The header with the Executor in which a long poll waits. */
  private static final String WAITING = "waiting";

  /** Shorter bodies are not compressed: they fit into one packet as they are. */
  private static final int MIN_COMPRESSED = 1024;
  private static final int NOT_MODIFIED = 304;

  private final Route<?> route;
  private final Function<Message<?>, Message<?>> function;
  private final Json json;
  private final Problems problems;
  private final CallerAddress callers;
  private final Answer answer;
  private final TextFields fields;
  private final Set<String> pathNames;
  private final boolean needsBody;

  RequestOperation(Route<?> route, Function<Message<?>, Message<?>> function, Json json, Problems problems,
      CallerAddress callers) {
    this.route = route;
    this.function = function;
    this.json = json;
    this.problems = problems;
    this.callers = callers;
    this.answer = new Answer(json);
    this.fields = json.fields(route.input());
    this.pathNames = Set.copyOf(PathTemplate.parse(route.path()).variables());
    if (!fields.names().containsAll(pathNames)) {
      throw new IllegalArgumentException(route.input() + " has not all the variables of " + route.path());
    }
    this.needsBody = route.takesBody()
        && !(route.input().isRecord() && pathNames.containsAll(fields.names()));
  }

  @Override
  public Route<?> route() {
    return route;
  }

  @Override
  public Plan plan(RequestHead head, Map<String, String> variables, String query) {
    if (!route.compresses()) {
      return plain(head, variables, query);
    }
    ContentCodings accepted = ContentCodings.accepted(head.values("Accept-Encoding"));
    if (!accepted.gzip() && !accepted.plain()) {
      return new Plan.Reply(problems.of(Problem.NOT_ACCEPTABLE));
    }
    Plan plan = plain(head, variables, query);
    return plan instanceof Plan.Work work
        ? work.around(inner -> (body, waiting) -> compressed(inner.apply(body, waiting), accepted))
        : plan;
  }

  private static Response compressed(Response response, ContentCodings accepted) {
    if (response.status() == NOT_MODIFIED) {
      return response.varying("Accept-Encoding"); // as the answer that it stands for (RFC 9110 §15.4.5)
    }
    if (response.status() >= Answer.FIRST_FAILURE) {
      return response;
    }
    String tag = response.headers().getOrDefault("ETag", "W/");
    boolean compress = accepted.gzip() && tag.startsWith("W/")
        && response.isLongerThan(accepted.plain() ? MIN_COMPRESSED : 0);
    return (compress ? response.gzipped() : response).varying("Accept-Encoding");
  }

  private Plan plain(RequestHead head, Map<String, String> variables, String query) {
    if (!MediaTypes.accepts(head.values("Accept"), route.answers())) {
      return new Plan.Reply(problems.of(Problem.NOT_ACCEPTABLE));
    }
    Map<String, Object> headers = CallerHeaders.ofRequest(head);
    if (headers == null) {
      return new Plan.Reply(problems.repeatedField());
    }
    InetAddress address = callers.of(head);
    if (address != null) {
      headers.put(CallerAddress.HEADER, address);
    }
    if (!route.takesBody()) {
      return new Plan.Work(0, route.waits(), (_, waiting) -> answer(headers, variables, query, new byte[0],
          /* form= */ false, waiting));
    }
    if (needsBody && !head.announcesBody()) {
      return new Plan.Reply(problems.of(Problem.LENGTH_REQUIRED));
    }
    if (!ContentCodings.areNone(head.values("Content-Encoding"))) {
      return new Plan.Reply(problems.codedBody());
    }
    String type = MediaTypes.ofContent(head.values("Content-Type"));
    boolean form = MediaTypes.FORM.equals(type);
    if (!form && !MediaTypes.JSON.equals(type) && (needsBody || !head.values("Content-Type").isEmpty())) {
      return new Plan.Reply(problems.of(Problem.UNSUPPORTED_MEDIA_TYPE));
    }
    return new Plan.Work(route.maxBodyBytes(), route.waits(),
        (body, waiting) -> answer(headers, variables, query, body, form, waiting));
  }

  private Response answer(Map<String, Object> headers, Map<String, String> variables, String query,
      byte[] body, boolean form, Executor waiting) {
    Object input;
    try {
      input = bind(variables, query, body, form);
    } catch (InvalidInput e) {
      return problems.invalid(e.errors());
    }
    if (route.waits()) {
      headers.put(WAITING, waiting);
    }
    return answer.of(function.apply(new GenericMessage<>(input, headers)));
  }

  private Object bind(Map<String, String> variables, String query, byte[] body, boolean form) {
    Map<String, @Nullable Object> tree;
    if (form || !route.takesBody() || (body.length == 0 && !needsBody)) {
      tree = new LinkedHashMap<>();
      fields.putForm(form ? Utf8.text(body) : route.isFile() ? "" : query, pathNames, tree);
    } else {
      tree = json.object(body);
      for (String name : pathNames) {
        if (tree.containsKey(name)) {
          throw InvalidInput.unknownField(name);
        }
      }
    }
    if (route.takesBody() && !query.isEmpty()) {
      throw InvalidInput.unknownField(TextFields.firstName(query));
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      fields.put(variable.getKey(), variable.getValue(), tree);
    }
    return json.bind(tree, route.input());
  }
}
