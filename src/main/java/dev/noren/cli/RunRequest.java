package dev.noren.cli;

import java.nio.file.Path;

/**
 * {@code noren run}.
 *
 * @param stateFolder where all of this router's state is
 * @param board the file that says which lights, button and watchdog the box has, or null for none
 * @param updates the file that says where the list of versions is, or null for none
 * @param open whether the firewall that a router left is taken away, instead of running one
 * @param logLevel how much is logged
 */
public record RunRequest(
    Path stateFolder, Path board, Path updates, boolean open, LogLevel logLevel) {}
