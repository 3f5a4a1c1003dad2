/**
 * One running interface, from its device to its warm-up, and how a process tells that it is ready
 * and is told to end. A bare interface, {@code noren up} and the router are all made of this.
 */
package dev.noren.process;
