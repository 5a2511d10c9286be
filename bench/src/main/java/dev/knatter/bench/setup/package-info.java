/** What all measurements need: fresh stores, users, requests, and what ./knatter package has made. */
@NullMarked
package dev.knatter.bench.setup;

import org.jspecify.annotations.NullMarked;
