package dev.noren.cli;

import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.forms.FarEndText;
import dev.noren.net.Cidr;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren form peer}. */
@Command(
    name = "peer",
    description = {
      "Print what a far shop with stock WireGuard needs: its whole wg-quick file, or only what is"
          + " new in one that is there.",
    })
final class FormPeerCommand implements Callable<Integer> {
  private static final String DEVICE = "wg0";

  private final Host host;
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FORM", description = "The form.")
  private String name;

  @Parameters(index = "1", paramLabel = "SHOP", description = "The far shop's name in it.")
  private String shopName;

  @Option(
      names = "--block",
      description = "Only the [Peer] block, for a file that the far shop has already.")
  private boolean block;

  @Option(
      names = "--command",
      description = "Only the command of wg, for an interface that is up there.")
  private boolean command;

  @Option(
      names = "--network",
      paramLabel = "SUBNET",
      description = "This shop's own network, where the document leaves it to the box.")
  private String network;

  @Mixin private StateOption state;

  FormPeerCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    RouterConfig config = ConfigCommand.current(host.config(state.folder()), surroundings).config();
    Form form = form(config);
    Shop shop = shop(form);
    FarEndText text;
    try {
      Cidr own = network == null ? config.lan().address() : Cidr.parse(network);
      text = FarEndText.of(form, shop, own);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          network == null ? Sentence.of("peer.in-network", Sentence.of(e)) : Sentence.of(e), e);
    }
    if (!shop.presharedKey().isNone() && !command) {
      surroundings.warnIfSecretIsShown();
    }
    surroundings.out().print(command ? text.command(DEVICE) : block ? text.peer() : text.file());
    return Exit.DONE;
  }

  private Form form(RouterConfig config) throws CommandFailure {
    for (Form form : config.forms()) {
      if (form.name().text().equals(name)) {
        return form;
      }
    }
    throw new CommandFailure(
        Editing.none(
            "form.none", name, config.forms().stream().map(each -> each.name().text()).toList()));
  }

  private Shop shop(Form form) throws CommandFailure {
    for (Shop shop : form.shops()) {
      if (shop.name().equals(shopName)) {
        return shop;
      }
    }
    Sentence shopOfForm = Sentence.of("cli.of-form", shopName, name);
    throw new CommandFailure(
        Editing.none("shop.none", shopOfForm, form.shops().stream().map(Shop::name).toList()));
  }
}
