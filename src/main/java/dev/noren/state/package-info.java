/**
 * The small files of the state folder that a restart and a power cut must not take: the time that
 * handshakes are reserved up to, the greatest time ever seen, who this machine is. Settings are
 * {@code config}'s.
 */
package dev.noren.state;
