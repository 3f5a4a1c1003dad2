package dev.noren.forms;

import dev.noren.config.AddressNumbers;
import dev.noren.config.ConfigException;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.random.RandomGenerator;

/**
 * A device that is to be let in, as a person asks for it.
 *
 * @param form the form by which it calls in
 * @param name what people call it
 * @param person whose it is, or null
 * @param expires the last day on which it is let in, in the box's time zone, or null for no end
 * @param outside whether it is of outside staff
 * @param iot whether it is a thing
 */
public record NewDevice(
    String form, String name, String person, LocalDate expires, boolean outside, boolean iot) {
  /**
   * A device that is let in.
   *
   * @param config the document with it
   * @param device the device
   * @param key its private key, or null where it has made it by itself
   */
  public record Made(RouterConfig config, Device device, PrivateKey key) {
    /** The form by which it calls in. */
    public Form form() {
      return FormEdit.device(config, device.name()).form();
    }

    /**
     * What it is told.
     *
     * @param shop the shop's own network, or null where that is not known
     * @param mtuBytes the tunnel's, or 0 where that is not known
     * @param today the day in the box's time zone
     */
    public DeviceFile file(Cidr shop, int mtuBytes, LocalDate today) {
      return DeviceFile.of(config, form(), device, key, shop, mtuBytes, today);
    }

    /** Whether it could reach something, and nothing lets it yet. */
    public boolean reachesNothing(LocalDate today) {
      return Compiled.of(config, today).access(form().name()).devices().stream()
          .anyMatch(
              each ->
                  each.device().equals(device.name())
                      && each.grants().isEmpty()
                      && !each.internet()
                      && !each.silent());
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "Made[device=" + device.name() + "]";
    }
  }

  /**
   * A last day as a person gives it.
   *
   * @param text as in 2027-03-31, or null for no end
   * @param outside whether the device is of outside staff, who need one
   * @param today the day in the box's time zone
   * @throws IllegalArgumentException with a sentence, where it is none, or is over
   */
  public static LocalDate lastDay(String text, boolean outside, LocalDate today) {
    if (text == null) {
      if (outside) {
        throw new Refused("device.outside-expires");
      }
      return null;
    }
    LocalDate day;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refused(Sentence.of("device.expires-form", text), e);
    }
    if (day.isBefore(today)) {
      throw new Refused("device.expires-over", day);
    }
    return day;
  }

  /** Lets it in with a key that is made here. */
  public Made make(RouterConfig config, RandomGenerator chance) throws ConfigException {
    PrivateKey key = PrivateKey.generate(chance);
    return make(config, key, key.publicKey(), chance);
  }

  /**
   * Lets it in with the key that it has made by itself.
   *
   * @param theirs its public half
   * @throws IllegalArgumentException with a sentence, where the form takes no devices, or does not
   *     say where they call
   * @throws ConfigException with all that would be wrong
   */
  public Made make(RouterConfig config, PublicKey theirs, RandomGenerator chance)
      throws ConfigException {
    return make(config, null, theirs, chance);
  }

  private Made make(
      RouterConfig config, PrivateKey key, PublicKey publicKey, RandomGenerator chance)
      throws ConfigException {
    Form calledBy = FormEdit.form(config, form);
    FormEdit.checkTakesDevices(calledBy);
    DeviceFile.endpoint(config, calledBy);
    Device device =
        new Device(
            name,
            person,
            publicKey,
            PresharedKey.generate(chance),
            AddressNumbers.next(calledBy),
            expires,
            outside,
            iot,
            false);
    return new Made(FormEdit.addDevice(config, form, device), device, key);
  }
}
