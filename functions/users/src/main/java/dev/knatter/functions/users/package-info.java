/** GET /v1/users/{username} and POST /v1/users/lookup: who somebody is, and by which keys to encrypt to him. */
@NullMarked
package dev.knatter.functions.users;

import org.jspecify.annotations.NullMarked;
