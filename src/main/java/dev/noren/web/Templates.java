package dev.noren.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;

/** Makes the text of pages, out of templates that were compiled with the program. */
final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, Templates.class.getPackageName());

  /**
   * A page's text.
   *
   * @param page what every page knows; its name is the template's
   * @param more what the template asks for besides
   */
  String render(Page page, Map<String, Object> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("page", page);
    StringOutput text = new StringOutput();
    engine.render(page.name() + ".jte", parameters, text);
    return text.toString();
  }
}
