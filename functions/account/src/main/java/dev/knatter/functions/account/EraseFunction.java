package dev.knatter.functions.account;

import java.util.Map;

import dev.knatter.chat.erasure.ErasureReport;
import dev.knatter.chat.erasure.Erasures;
import dev.knatter.guard.Caller;
import dev.knatter.shared.DomainError.NotFound;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Orders the erasure of the caller, and reports its progress to anybody who knows its id. */
final class EraseFunction {
  private final Erasures erasures;

  EraseFunction(Erasures erasures) {
    this.erasures = erasures;
  }

  Message<ErasureAnswer> erase(Message<EraseRequest> message) {
    ErasureReport report = erasures.begin(Caller.of(message).identity(), message.getPayload().checked(),
        Caller.network(message));
    return new GenericMessage<>(ErasureAnswer.of(report),
        Map.of("statusCode", 202, "Location", "/v1/erasures/" + report.erasureId()));
  }

  Message<ErasureAnswer> report(Message<ErasureQuery> message) {
    return new GenericMessage<>(ErasureAnswer.of(erasures.report(message.getPayload().id())
      .orElseThrow(() -> new NotFound("There is no such erasure."))));
  }
}
