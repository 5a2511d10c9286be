/** Whether tokens of a real Keycloak are good for the functions. */
@NullMarked
package dev.knatter.e2e.keycloak;

import org.jspecify.annotations.NullMarked;
