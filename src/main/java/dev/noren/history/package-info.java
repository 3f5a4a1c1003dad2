/**
 * How lines and tunnels fared: rates, loss and latency by minute for a day and by hour for 90 days,
 * in a bounded piece of memory, and as bytes to be kept. There is no clock here, no input or
 * output.
 */
package dev.noren.history;
