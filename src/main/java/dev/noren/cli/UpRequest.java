package dev.noren.cli;

import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import java.nio.file.Path;

/**
 * {@code noren up}, its file read and found good, its hooks allowed or absent.
 *
 * @param name the interface
 * @param file where the config was read
 * @param config what it says
 * @param detach whether the launcher waits for us in the background
 * @param stateFolder where state is kept
 * @param logLevel how much is logged
 */
public record UpRequest(
    TunnelName name,
    Path file,
    TunnelConfig config,
    boolean detach,
    Path stateFolder,
    LogLevel logLevel) {}
