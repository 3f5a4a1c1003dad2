package dev.noren.config;

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

  /** How much of a device's own traffic takes the tunnel, or of the shop's. */
  enum Extent {
    /** Everything. */
    FULL,

    /** Only what goes to the networks that it leads to. */
    SPLIT
  }
}
