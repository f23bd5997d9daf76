package io.cloneplatform.common.bus;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's name, dotted for nested ones, or the parameter's or header's name
 * @param message what is expected, as one short sentence
 */
public record FieldError(String field, String message) {}
