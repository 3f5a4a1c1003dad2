/**
 * How the router fares in numbers, as Prometheus fetches them: what was measured, and its text with
 * the names that monitoring knows already. There is no clock here, no input or output, and no
 * secret: who has looked gives what he saw.
 */
package dev.noren.metrics;
