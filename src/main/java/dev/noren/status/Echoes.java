package dev.noren.status;

import dev.noren.net.IpAddress;

/**
 * How a far end answers echoes through its tunnel.
 *
 * @param tunnel the tunnel's name
 * @param publicKey the far end's key
 * @param target whom the echoes go to: an address of the far end that the document names
 * @param asked how many were sent in the last minutes; 0 while nothing is known yet
 * @param lost how many of them were not answered
 * @param microseconds how long an answer takes, the median; or null where none came
 */
public record Echoes(
    String tunnel, String publicKey, IpAddress target, int asked, int lost, Long microseconds) {}
