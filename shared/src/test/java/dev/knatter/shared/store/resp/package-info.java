@NullMarked
package dev.knatter.shared.store.resp;

import org.jspecify.annotations.NullMarked;
