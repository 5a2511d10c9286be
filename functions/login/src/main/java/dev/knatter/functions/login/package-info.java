/** POST /v1/login: opens a session and issues its tokens. */
@NullMarked
package dev.knatter.functions.login;

import org.jspecify.annotations.NullMarked;
