/**
 * The interface that the machine's packets come out of and go into: {@link TunDevice} and its Linux
 * form, which follows what {@code ip link} does to it as a kernel interface would. It moves IP
 * packets whole between the kernel and arrays of bytes. It knows nothing of WireGuard, peers or
 * routes, and never looks into a packet.
 */
package dev.noren.tun;
