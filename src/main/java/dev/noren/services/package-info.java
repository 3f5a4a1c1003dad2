/**
 * Does to the machine what a plan says: runs commands, writes resolv.conf, keeps a journal of what
 * has to be undone, and undoes it, also after a process that was killed. Commands are argument
 * lists and are logged before they run; a shell runs only what the user wrote for one. It knows
 * nothing of the protocol, of the tunnel's data path or of how a configuration is written.
 */
package dev.noren.services;
