/**
 * The running router: one thread that looks, plans, applies and answers; its tunnels, its document
 * on trial, what it remembers, and what it says of itself.
 */
package dev.noren.router;
