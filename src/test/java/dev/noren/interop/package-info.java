/**
 * Whole tunnels in network namespaces: Noren against wireguard-go and against itself, driven by the
 * stock tools. These tests need root and a TUN device and fail with one sentence where there is
 * none. They may not know a class of Noren; what they need of the machine is in {@code
 * dev.noren.street}.
 */
package dev.noren.interop;
