/**
 * The one door from outside into the running router: what may be asked of it and done to it, and a
 * Unix socket over which the command line does so. It knows nothing of tunnels, of processes or of
 * how a change is carried out. {@link dev.noren.control.Confirmation} is pure: its time comes in.
 */
package dev.noren.control;
