/**
 * A running tunnel: three loops that carry packets between a TUN device and UDP, shake hands and
 * keep time for the peers. It is the one place where the protocol's pure rooms meet threads, a
 * clock and chance. It knows nothing of configuration files, of routes, or of who asks for a
 * change.
 */
package dev.noren.tunnel;
