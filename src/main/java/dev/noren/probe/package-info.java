/**
 * Asks the world on behalf of the router: names by {@link dev.noren.probe.NameQuery}, and whether a
 * line still leads anywhere by {@link dev.noren.probe.LineWatch}. Each question carries a mark, by
 * which it takes the way that it is meant for. It knows nothing of plans, tunnels or documents.
 */
package dev.noren.probe;
