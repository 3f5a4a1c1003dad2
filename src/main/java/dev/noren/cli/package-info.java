/**
 * The command line: one class per command, and the drop-in form {@code noren IFNAME}, which is
 * recognised without starting the command parser. What a command needs from the rest of the program
 * it asks of {@link dev.noren.cli.Host}, which the program's entry implements. It knows nothing of
 * tunnels, services or sockets.
 */
package dev.noren.cli;
