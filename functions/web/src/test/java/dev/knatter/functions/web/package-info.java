@NullMarked
package dev.knatter.functions.web;

import org.jspecify.annotations.NullMarked;
