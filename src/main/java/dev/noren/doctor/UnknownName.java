package dev.noren.doctor;

import dev.noren.text.Sentence;

/**
 * A far end's name of which no address is known.
 *
 * @param host the name
 * @param why what keeps it from being known
 */
public record UnknownName(String host, Sentence why) {}
