/** The functions of this product, and what each is asked while it is trained. */
@NullMarked
package dev.knatter.packaging.product;

import org.jspecify.annotations.NullMarked;
