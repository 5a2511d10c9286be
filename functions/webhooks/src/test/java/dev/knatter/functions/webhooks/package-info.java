@NullMarked
package dev.knatter.functions.webhooks;

import org.jspecify.annotations.NullMarked;
