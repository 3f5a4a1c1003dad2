/**
 * What has to be done to the machine for a configuration to hold, as steps with their undoing. All
 * of it is pure: what it must know of the machine comes in as a record, and out come argument lists
 * and texts, so that golden files can show them. It knows nothing of processes, of files or of
 * running tunnels.
 */
package dev.noren.plan;
