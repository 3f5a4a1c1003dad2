package dev.noren.cli;

import dev.noren.config.AccessEdit;
import dev.noren.config.Edited;
import dev.noren.config.FormEdit;
import java.util.List;
import picocli.CommandLine;

/** The commands by which a person uses forms, and says who may reach what. */
final class FormCommands {
  private final Host host;
  private final Surroundings surroundings;

  FormCommands(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  CommandLine form() {
    return CommandGroup.of(
        "form",
        "Look at the ways of use (joined shops, people from outside, and others), and add and"
            + " remove them.",
        surroundings,
        new FormListCommand(host, surroundings),
        new FormShowCommand(host, surroundings),
        new FormAddCommand(host, surroundings),
        new FormImportCommand(host, surroundings),
        new FormHubCommand(host, surroundings),
        new FormPeerCommand(host, surroundings),
        edit(
            "remove",
            "Take a form away, with its devices, and say what goes with it.",
            FormEdit::remove));
  }

  CommandLine device() {
    return CommandGroup.of(
        "device",
        "Look at the devices that call in from outside, let others in, and end that.",
        surroundings,
        new DeviceListCommand(host, surroundings),
        new DeviceAddCommand(host, surroundings),
        new DeviceChangeCommand(host, surroundings),
        edit(
            "lost",
            "Let a device in no more, at once and for ever: it is lost.",
            (config, name) -> new Edited(FormEdit.lose(config, name), List.of())),
        edit(
            "remove",
            "Take a device away, with what rules say of it; its address goes to no other.",
            FormEdit::removeDevice));
  }

  CommandLine access() {
    return CommandGroup.of(
        "access",
        "Look at who may reach what from outside, and change it.",
        surroundings,
        new AccessListCommand(host, surroundings),
        new AccessAllowCommand(host, surroundings),
        edit(
            "remove",
            "Take a rule away.",
            (config, name) -> new Edited(AccessEdit.removeRule(config, name), List.of())));
  }

  CommandLine person() {
    return CommandGroup.of(
        "person",
        "Add and remove people, whose devices call in.",
        surroundings,
        new PersonAddCommand(host, surroundings),
        new PersonTotpCommand(host, surroundings),
        edit(
            "remove",
            "Take away a person who has no device.",
            (config, name) -> new Edited(AccessEdit.removePerson(config, name), List.of())));
  }

  CommandLine group() {
    return CommandGroup.of(
        "group",
        "Add and remove groups of people.",
        surroundings,
        new GroupAddCommand(host, surroundings),
        edit(
            "remove",
            "Take away a group that nobody is in.",
            (config, name) -> new Edited(AccessEdit.removeGroup(config, name), List.of())));
  }

  private CommandLine edit(String name, String description, NamedEditCommand.Change change) {
    return NamedEditCommand.of(name, description, host, surroundings, change);
  }
}
