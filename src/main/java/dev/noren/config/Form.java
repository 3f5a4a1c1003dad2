package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import java.util.List;

/**
 * A way of use, as a person fills it in. {@code dev.noren.forms} makes tunnels, access and names of
 * it. Its name is its tunnel's interface.
 */
public sealed interface Form permits SiteForm, RemoteForm, CloudForm, VdiForm, BundleForm {
  /** Which way of use. */
  enum Kind {
    /** Shops that belong together. */
    SITE,

    /** People from outside. */
    REMOTE,

    /** A provider's or a cloud's gateway. */
    CLOUD,

    /** Virtual desktops and nothing else. */
    VDI,

    /** Another shop and a few devices in one. */
    ROUTER
  }

  /** Its name, and its interface's. */
  TunnelName name();

  /** Which way of use it is. */
  Kind kind();

  /** The devices that call in by it. */
  default List<Device> devices() {
    return List.of();
  }

  /** The shops that it joins. */
  default List<Shop> shops() {
    return List.of();
  }

  /** This router's own end, or null where another end is called only. */
  default Gateway gateway() {
    return null;
  }

  /** The same with other devices; one that has none stays as it is. */
  default Form withDevices(List<Device> others) {
    return switch (this) {
      case RemoteForm form -> new RemoteForm(form.name(), form.gateway(), form.extent(), others);
      case VdiForm form -> new VdiForm(form.name(), form.gateway(), form.desks(), others);
      case BundleForm form ->
          new BundleForm(
              form.name(),
              form.gateway(),
              form.seenAs(),
              form.extent(),
              form.shop(),
              others,
              form.pairing());
      case SiteForm form -> form;
      case CloudForm form -> form;
    };
  }

  /** The same with another end of its own; one that has none stays as it is. */
  default Form withGateway(Gateway other) {
    return switch (this) {
      case RemoteForm form -> new RemoteForm(form.name(), other, form.extent(), form.devices());
      case VdiForm form -> new VdiForm(form.name(), other, form.desks(), form.devices());
      case BundleForm form ->
          new BundleForm(
              form.name(),
              other,
              form.seenAs(),
              form.extent(),
              form.shop(),
              form.devices(),
              form.pairing());
      case SiteForm form ->
          new SiteForm(
              form.name(), other, form.seenAs(), form.exchange(), form.shops(), form.pairing());
      case CloudForm form -> form;
    };
  }

  /** A pairing with another shop that is under way, or null. */
  default Pairing pairing() {
    return null;
  }

  /** As which far shops see this shop's own network, or null where it is the same. */
  default Cidr seenAs() {
    return null;
  }

  /**
   * The same with another pairing, or with none.
   *
   * @throws IllegalArgumentException with a sentence, where it joins no shops
   */
  default Form withPairing(Pairing other) {
    throw new Refused("invite.no-shops", name());
  }

  /** How much of a device's own traffic takes the tunnel, or of the shop's. */
  enum Extent {
    /** Everything. */
    FULL,

    /** Only what goes to the networks that it leads to. */
    SPLIT
  }
}
