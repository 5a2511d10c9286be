package dev.knatter.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a scenario came to at so many requests at once.
 *
 * @param raw   the driver's figures; null where it has nothing to do
 * @param ratio our rate by the driver's, round by round
 */
record Level(Scenario scenario, int connections, Figures knatter, @Nullable Figures raw,
    @Nullable Spread ratio) {}
