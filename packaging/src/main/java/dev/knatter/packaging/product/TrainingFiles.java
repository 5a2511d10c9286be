package dev.knatter.packaging.product;

import static dev.knatter.packaging.product.TrainingRequests.USUAL;
import static dev.knatter.packaging.product.TrainingRequests.compressed;

import java.util.ArrayList;
import java.util.List;

import dev.knatter.packaging.TrainingRequest;

/** The requests for the functions that give everybody the same files: the key set and the web page. */
final class TrainingFiles {
  private TrainingFiles() {}

  static List<TrainingRequest> jwks(TrainingUsers users) {
    String path = "/.well-known/jwks.json";
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(TrainingRequest.get(path, 200));
    }
    session.add(TrainingRequest.get(path, 304).header("If-None-Match", "*"));
    session.add(TrainingRequest.get(path, 200).method("HEAD"));
    session.add(TrainingRequest.get(path + "?unknown=1", 400));
    session.add(TrainingRequest.get(path, 406).header("Accept", "image/png"));
    session.add(TrainingRequest.get(path, 405).method("DELETE"));
    session.add(TrainingRequest.get("/elsewhere", 404));
    return session;
  }

  static List<TrainingRequest> web(TrainingUsers users) {
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < USUAL; i++) {
      session.add(compressed(TrainingRequest.get("/", 200)));
    }
    session.add(TrainingRequest.get("/?any=1", 200).header("Accept", "text/html"));
    session.add(TrainingRequest.get("/", 304).header("If-None-Match", "*"));
    session.add(TrainingRequest.get("/", 200).method("HEAD"));
    session.add(TrainingRequest.get("/worker.js", 200));
    session.add(TrainingRequest.get("/assets/nothing.js", 404));
    session.add(TrainingRequest.get("/v1/nothing", 404));
    session.add(TrainingRequest.get("/worker.js", 405).method("DELETE"));
    return session;
  }
}
