/**
 * Has the box found by a name in the shop's network, without a name server (mDNS, RFC 6762): {@link
 * dev.noren.mdns.LocalName} asks whether the name is free, takes another where it is not, and
 * answers who asks for it. It knows its own name and nobody else's, so that no neighbour can fill
 * its memory; it knows nothing of plans or pages.
 */
package dev.noren.mdns;
