package dev.noren.services;

/**
 * How a service is, for the snapshot.
 *
 * @param name its name
 * @param running whether it runs
 * @param sinceNs since when it has run or not run, on the clock that the supervisor is told
 * @param restarts how often it was started again
 * @param lastWords the last line that it printed, or why it could not be started; perhaps empty
 */
public record ServiceState(
    String name, boolean running, long sinceNs, int restarts, String lastWords) {}
