/**
 * The conversation of two routers that are being paired: one line each way and no more, within a
 * bounded time, over TCP in the provisional tunnel. It knows nothing of what is said.
 */
package dev.noren.pairing;
