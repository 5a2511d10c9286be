package dev.knatter.functions.web;

/** The input of a request for a file that the page loads. file: its name with its hash, such as {@code main.0a1b2c3d4e5f.js} */
public record AssetQuery(String file) {}
