package dev.knatter.adapter;

import java.util.Map;

import dev.knatter.adapter.http.Head;
import dev.knatter.adapter.http.Plan;

/** What stands behind a route. */
interface Operation {

  Route<?> route();

  /** Decides by the head alone what becomes of the request. */
  Plan plan(Head head, Map<String, String> variables, String query);
}
