package dev.noren.status;

import java.time.Instant;

/**
 * That a tunnel's port was reached from the internet: somebody called in from there, and nothing
 * had gone to him before.
 *
 * @param by what people call who did, or null where he is gone
 * @param from from which address
 * @param at when he shook hands, as the box's clock had it
 */
public record Reached(String by, String from, Instant at) {}
