/**
 * The street: network namespaces, made by the tests on the machine they run on, that stand for two
 * shops and the internet between them. A tunnel end in here is a whole process, Noren's launcher or
 * another WireGuard, driven by the stock {@code wg} and {@code ip}. It may not know a class of
 * Noren: what these tests see is what another program on the wire or at the socket sees.
 */
package dev.noren.street;
