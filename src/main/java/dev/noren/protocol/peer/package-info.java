/**
 * What a tunnel remembers of its peers: their timers, the packets that wait for a session, the
 * addresses they own and the indices they are found by. Events go in with their time and actions
 * come out; nothing here acts by itself. It may not know a device, a socket, a thread, a log or a
 * clock.
 */
package dev.noren.protocol.peer;
