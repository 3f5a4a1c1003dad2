package dev.noren.doctor;

import dev.noren.text.Sentence;

/**
 * What the firewall has lately kept back by a rule that somebody made.
 *
 * @param what what it counts, for people
 * @param packets how many
 */
public record Refusal(Sentence what, long packets) {}
