/** GET / and what it loads: the chat page. It needs no store, and everything that it shows comes from the other functions. */
@NullMarked
package dev.knatter.functions.web;

import org.jspecify.annotations.NullMarked;
