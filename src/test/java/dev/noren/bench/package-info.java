/**
 * Measures Noren beside other WireGuards in the same namespaces, in alternating runs. It prints
 * ratios and judges nothing: no test fails because a machine is slow. Like the namespace tests it
 * starts whole processes and drives them with the stock tools, and may not know a class of Noren;
 * only {@link dev.noren.bench.HandshakeFlood}, a program of its own that plays thousands of peers,
 * shakes hands with Noren's code.
 */
package dev.noren.bench;
