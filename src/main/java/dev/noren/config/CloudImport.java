package dev.noren.config;

import dev.noren.config.RouterEdit.Imported;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes a provider's or a cloud gateway's wg-quick file, as it is, as a form. */
public final class CloudImport {
  private CloudImport() {}

  /**
   * The configuration with the file's tunnel as the form of this name, or in its place: what the
   * file does not say stays as it was. What is not taken is remarked on with its line; no command
   * of the file is ever run.
   *
   * @param fileName as it is to appear in errors and remarks
   * @param text the file's content
   * @param provider who runs the far end, or null for what was known of it
   * @param country where it stands, two letters, or null for what was known of it
   * @throws ConfigException with all that would be wrong
   */
  public static Imported of(
      RouterConfig config,
      TunnelName name,
      String fileName,
      String text,
      String provider,
      String country)
      throws ConfigException {
    Form there = config.form(name);
    if (config.tunnel(name) != null || !(there == null || there instanceof CloudForm)) {
      throw new Problems(RouterEdit.NAME)
          .only(
              "name", Sentence.of(there == null ? "import.name-tunnel" : "import.name-form", name));
    }
    CloudForm old = (CloudForm) there;
    TunnelConfig file = WgQuickFile.parse(fileName, text);
    List<Sentence> remarks = new ArrayList<>(NotTaken.of(fileName, text));
    remarks.addAll(WgQuickFile.warningsOfPeers(fileName, file));
    RouterTunnel tunnel =
        RouterEdit.tunnel(config, old == null ? null : old.tunnel(), name, file, remarks);
    if (old == null && file.own().table().equals(RouteTable.OFF)) {
      tunnel = tunnel.withUse(TunnelUse.split(List.of()));
    }
    CloudForm form =
        new CloudForm(
            tunnel,
            provider == null && old != null ? old.provider() : provider,
            country == null && old != null ? old.country() : country);
    List<Form> forms =
        old == null
            ? Stream.concat(config.forms().stream(), Stream.of(form)).toList()
            : config.forms().stream().map(each -> each.equals(old) ? form : each).toList();
    RouterConfig changed = config.withForms(forms);
    return new Imported(
        RouterJson.read(
            Sentence.of("file.configuration-with", fileName), RouterJson.write(changed)),
        remarks);
  }
}
