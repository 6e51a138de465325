package io.ocellus.service;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A field of a JSON object is missing or wrong. The message begins with its path, such as {@code
 * preprocessing.normalization.mean[2]}.
 */
public final class JsonFieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Values are quoted up to so many characters. */
  private static final int LONGEST_QUOTE = 60;

  JsonFieldException(String message, Throwable cause) {
    super(message, cause);
  }

  static JsonFieldException of(JsonProcessingException e) {
    String message =
        e instanceof JsonMappingException mapping
            ? path(mapping.getPath()) + problem(mapping)
            : "it is not JSON" + place(e.getLocation());
    return new JsonFieldException(message, e);
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String path(List<Reference> references) {
    StringBuilder path = new StringBuilder();
    for (Reference reference : references) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(quoted(reference.getFieldName()));
      }
    }
    return path.toString();
  }

  /** Follows the path; a record's own check names its component, which continues the path. */
  private static String problem(JsonMappingException e) {
    String sep = e.getPath().isEmpty() ? "" : " ";
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return (e.getPath().isEmpty() ? "" : ".") + e.getCause().getMessage();
    }
    if (e instanceof InvalidNullException) {
      return sep + "must not be null";
    }
    if (e instanceof InvalidFormatException format) {
      return sep
          + "must be %s, not '%s'"
              .formatted(kind(format.getTargetType()), quoted(String.valueOf(format.getValue())));
    }
    if (e.getCause() instanceof InputCoercionException range) {
      return sep + "is out of range of %s".formatted(kind(range.getTargetType()));
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return e.getOriginalMessage().startsWith("Missing required")
          ? sep + "is missing"
          : (sep.isEmpty() ? "it " : sep) + "must be " + kind(mismatch.getTargetType());
    }
    return sep + "cannot be read" + place(e.getLocation());
  }

  private static String kind(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(JsonFieldException::label)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number of 32 bits";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number of 64 bits";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String label(Object constant) {
    return Json.MAPPER.convertValue(constant, String.class);
  }

  private static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
