package dev.noren.plan;

import java.util.List;
import java.util.Map;

/**
 * A program that runs as long as the router does and is started again when it ends.
 *
 * @param name what it is called in the status and the log, and its folder below the state folder's
 *     {@code run}; such as {@code dnsmasq} or {@code udhcpc-eth0}
 * @param command its arguments, the program first; it stays in the foreground. {@code {folder}}
 *     stands for its folder
 * @param files what is written into its folder before it starts, by name; mode 0600, or 0700 where
 *     the text begins with {@code #!}. {@code {folder}} is replaced in them too
 */
public record ServicePlan(String name, List<String> command, Map<String, String> files) {
  /** What stands for the service's own folder in commands and files. */
  public static final String FOLDER = "{folder}";

  public ServicePlan {
    command = List.copyOf(command);
    files = Map.copyOf(files);
  }
}
