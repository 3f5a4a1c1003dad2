package dev.noren.bench;

import java.util.Locale;

/** Writes what a plot needs of SVG 1.1: black on white, all lengths in pixels. */
final class Svg {
  private static final String STYLE =
      """
      <style>
        text { font: 13px "DejaVu Sans", Verdana, Helvetica, sans-serif; fill: #000 }
        .big { font-size: 19px; font-weight: bold }
        .bold { font-weight: bold }
        .grey { font-size: 12px; fill: #555 }
      </style>
      """;

  private final StringBuilder behind = new StringBuilder();
  private final StringBuilder body = new StringBuilder();

  /**
   * A line of text.
   *
   * @param anchor which of its points is at x: start, middle or end
   * @param look big, bold, grey or nothing
   */
  void text(double x, double y, String anchor, String look, String text) {
    body.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>%n"
            .formatted(px(x), px(y), anchor, look, escape(text)));
  }

  /** A box with a thin black edge. */
  void box(double x, double y, double width, double height, String fill) {
    body.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"#000\"/>%n"
            .formatted(px(x), px(y), px(width), px(height), fill));
  }

  /** A white circle with a black edge. */
  void circle(double x, double y, double radius) {
    body.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"#fff\" stroke=\"#000\"/>%n"
            .formatted(px(x), px(y), px(radius)));
  }

  /** A line that everything else covers. */
  void lineBehind(double x1, double y1, double x2, double y2, String colour) {
    behind.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n"
            .formatted(px(x1), px(y1), px(x2), px(y2), colour));
  }

  /** The whole file. */
  String render(int width, int height) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
    %3$s<rect width="%1$d" height="%2$d" fill="#fff"/>
    %4$s%5$s</svg>
    """
        .formatted(width, height, STYLE, behind, body);
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
