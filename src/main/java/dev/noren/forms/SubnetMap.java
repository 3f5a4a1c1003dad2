package dev.noren.forms;

import dev.noren.net.Cidr;

/**
 * A network that others see as another one, address by address.
 *
 * @param real as its machines have it
 * @param seen as others see it, of the same length
 */
public record SubnetMap(Cidr real, Cidr seen) {}
