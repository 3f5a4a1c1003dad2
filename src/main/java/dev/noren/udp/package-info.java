/**
 * UDP as the data path needs it: {@link UdpSocket} and its Linux form, two sockets on one port that
 * know at which local address a datagram arrived. It moves datagrams whole between the network and
 * arrays of bytes. It knows nothing of WireGuard, peers or keys, and never looks into a datagram.
 */
package dev.noren.udp;
