package dev.noren.forms;

import dev.noren.config.Gateway;
import dev.noren.config.Hooks;
import dev.noren.config.HostPort;
import dev.noren.config.InterfaceConfig;
import dev.noren.config.PeerConfig;
import dev.noren.config.RouteTable;
import dev.noren.config.Shop;
import dev.noren.config.SiteForm;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine in a cloud at which shops and devices meet when none of them can be reached. Its
 * private key is in what it prints for that machine and nowhere else.
 *
 * @param endpoint where the machine is reached
 * @param address the machine's own address in the tunnel, with the tunnel's network
 * @param key the machine's key
 * @param shopKey this shop's key
 * @param presharedKey the secret that the two share
 * @param lan this shop's network, to which the others may go
 * @param others networks of other shops that meet there
 */
public record CloudHub(
    HostPort endpoint,
    Cidr address,
    PrivateKey key,
    PrivateKey shopKey,
    PresharedKey presharedKey,
    Cidr lan,
    List<Cidr> others) {
  /** What the interface is called on the machine: systemd takes not every name of ours. */
  static final String INTERFACE = "noren";

  /** Less than what address translators remember a flow for (RFC 4787). */
  private static final int KEEPALIVE_SECONDS = 25;

  /** From one peer to another and nowhere else. */
  private static final String FORWARDING =
      "nft 'add table inet noren_hub; flush table inet noren_hub; add chain inet noren_hub forward"
          + " { type filter hook forward priority 0; policy drop; }; add rule inet noren_hub"
          + " forward iifname \"%i\" oifname \"%i\" accept'";

  public CloudHub {
    others = List.copyOf(others);
  }

  /** A new one, with keys of its own. */
  public static CloudHub create(
      HostPort endpoint, Cidr address, Cidr lan, List<Cidr> others, SecureRandom chance) {
    return new CloudHub(
        endpoint,
        address,
        PrivateKey.generate(chance),
        PrivateKey.generate(chance),
        PresharedKey.generate(chance),
        lan,
        others);
  }

  /** The address behind the machine's. */
  private IpAddress shopAddress() {
    return new IpAddress(false, 0, address.address().low() + 1);
  }

  private static Cidr host(IpAddress address) {
    return new Cidr(address, address.bits());
  }

  /** The machine's wg-quick file, with its private key. */
  public String wgQuick() {
    InterfaceConfig own =
        new InterfaceConfig(
            key,
            endpoint.port(),
            0,
            List.of(address),
            List.of(),
            List.of(),
            0,
            RouteTable.AUTO,
            new Hooks(
                List.of(),
                List.of("sysctl -q -w net.ipv4.ip_forward=1", FORWARDING),
                List.of(),
                List.of("nft delete table inet noren_hub")),
            false);
    List<Cidr> allowed = new ArrayList<>(List.of(host(shopAddress())));
    if (lan != null) {
      allowed.add(lan.masked());
    }
    return WgQuickFile.write(
        new TunnelConfig(
            own, List.of(new PeerConfig(shopKey.publicKey(), presharedKey, allowed, null, 0))));
  }

  /** What a cloud asks for as user data: a text of cloud-init that makes the machine the hub. */
  public String cloudInit() {
    StringBuilder text = new StringBuilder();
    text.append("#cloud-config\n");
    text.append("# The private key of this machine is in this text and nowhere else.\n");
    text.append(
        "# Another shop is another [Peer]: its PublicKey, and as AllowedIPs an address of\n");
    text.append("# ").append(address.masked()).append(" with /32 and its networks.\n");
    text.append("package_update: true\n");
    text.append("packages:\n  - wireguard-tools\n  - nftables\n");
    text.append("write_files:\n");
    text.append("  - path: \"/etc/wireguard/").append(INTERFACE).append(".conf\"\n");
    text.append("    owner: \"root:root\"\n");
    text.append("    permissions: \"0600\"\n");
    text.append("    content: |\n");
    wgQuick()
        .lines()
        .forEach(line -> text.append(line.isEmpty() ? "" : "      " + line).append('\n'));
    text.append("runcmd:\n");
    text.append("  - [systemctl, enable, --now, \"wg-quick@")
        .append(INTERFACE)
        .append(".service\"]\n");
    return text.toString();
  }

  /** The form by which this shop meets the others there, and whoever else calls in there. */
  public SiteForm form(TunnelName name) {
    List<Cidr> networks = new ArrayList<>(List.of(address.masked()));
    networks.addAll(others);
    return new SiteForm(
        name,
        new Gateway(shopKey, 0, List.of(), List.of(host(shopAddress())), List.of(), 0, 0),
        null,
        false,
        List.of(
            new Shop(
                "hub " + name,
                key.publicKey(),
                presharedKey,
                address.address(),
                endpoint,
                networks,
                List.of(),
                KEEPALIVE_SECONDS)));
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "CloudHub[" + endpoint + "]";
  }
}
