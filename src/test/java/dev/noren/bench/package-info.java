/**
 * Measures Noren beside other WireGuards in the same namespaces, in alternating runs. It prints
 * ratios and judges nothing: no test fails because a machine is slow. It may not know a class of
 * Noren; like the namespace tests it starts whole processes and drives them with the stock tools.
 */
package dev.noren.bench;
