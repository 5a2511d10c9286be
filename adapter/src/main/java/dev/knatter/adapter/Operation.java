package dev.knatter.adapter;

import java.util.Map;

import dev.knatter.adapter.http.Plan;
import dev.knatter.adapter.http.RequestHead;

/** What a route leads to: a function, and how its input is read and its answer is written. */
interface Operation {

  Route<?> route();

  /** Decides how to go on with a request when its head has arrived. */
  Plan plan(RequestHead head, Map<String, String> variables, String query);
}
