package dev.knatter.functions.web;

/** The empty input of the page and of its worker. */
public record PageQuery() {}
