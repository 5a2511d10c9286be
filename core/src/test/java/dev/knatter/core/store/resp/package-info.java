@NullMarked
package dev.knatter.core.store.resp;

import org.jspecify.annotations.NullMarked;
