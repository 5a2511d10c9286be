package dev.knatter.adapter.json;

import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns Jackson's exception, whose text quotes the input, into an error that does not. */
final class BindingFault {
  private BindingFault() {}

  static InvalidInput of(JacksonException fault) {
    List<Reference> path = fault.getPath();
    if (fault instanceof UnrecognizedPropertyException) {
      // The unknown name is the caller's own text, so the pointer ends at the object that has it.
      return new InvalidInput(pointer(path.subList(0, path.size() - 1)), "has an unknown field");
    }
    return new InvalidInput(pointer(path), Expected.by(switch (fault) {
      case MismatchedInputException mismatch -> mismatch.getTargetType();
      case InputCoercionException overflow -> overflow.getTargetType();
      default -> null;
    }));
  }

  private static String pointer(List<Reference> path) {
    StringBuilder pointer = new StringBuilder();
    for (Reference step : path) {
      if (step.from() instanceof Map) {
        break; // a map's keys are the caller's own text too
      }
      pointer.append('/')
        .append(step.getPropertyName() == null
            ? String.valueOf(step.getIndex())
            : step.getPropertyName().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
