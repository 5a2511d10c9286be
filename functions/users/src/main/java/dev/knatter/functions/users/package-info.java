/** GET /v1/users/{username} and POST /v1/users/lookup: finds a user and the public keys to encrypt for them. */
@NullMarked
package dev.knatter.functions.users;

import org.jspecify.annotations.NullMarked;
