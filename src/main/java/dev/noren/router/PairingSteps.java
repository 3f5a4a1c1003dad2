package dev.noren.router;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.forms.ShopNames;
import dev.noren.plan.Layout;
import dev.noren.state.GreatestTime;
import dev.noren.text.Past;
import dev.noren.tunnel.TunnelSnapshot;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the steps of a pairing share: the document and the world they are taken in. For the router's
 * thread.
 *
 * @param live the document
 * @param layout who is what at present
 * @param tunnels how each running tunnel is
 * @param time by which things expire
 * @param random a cryptographic generator
 */
record PairingSteps(
    LiveConfig live,
    Supplier<Layout> layout,
    Supplier<Map<String, TunnelSnapshot>> tunnels,
    GreatestTime time,
    SecureRandom random) {
  /** Who takes the steps that no person takes. */
  static final String AUTHOR = Past.words("author.pairing");

  RouterConfig config() {
    return live.inForce().config();
  }

  /** It never goes back, also where the clock does. */
  Instant now() {
    return time.forExpiry(false);
  }

  /** The form of this name in which a pairing is under way, or null. */
  Form pairing(TunnelName name) {
    Form form = config().form(name);
    return form == null || form.pairing() == null ? null : form;
  }

  /** Takes a form in place of the one of its name. */
  void settle(Form form, String what, String author) throws IOException, ConfigException {
    live.settle(ShopNames.with(config(), form), what, author);
  }
}
