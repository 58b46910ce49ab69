package tabula.server.picture;

import java.util.List;
import java.util.Map;

/**
 * Numbers and letters as strokes: a picture looks the same everywhere, and a server without any
 * fonts draws it. A digit is 14 units high and stands on y = 0.
 */
final class Letters {

  private Letters() {}

  private record Glyph(double width, String path) {}

  private static final double HEIGHT = 14;
  private static final double GAP = 3.2;

  /** The bowl of a, b, d and g. */
  private static final String BOWL =
      "M8-4.75C8-7.5 6.3-9.5 4-9.5S0-7.5 0-4.75S1.7 0 4 0S8-2 8-4.75";

  private static final String ARCH = "M0-5.5C0-8 1.6-9.5 3.8-9.5S7.2-8.2 7.2-5.8V0";

  private static final Map<Character, Glyph> GLYPHS =
      Map.ofEntries(
          glyph('0', 9, "M4.5-14C1.5-14 0-11 0-7S1.5 0 4.5 0S9-3 9-7S7.5-14 4.5-14Z"),
          glyph('1', 6, "M1-11L5-14V0"),
          glyph('2', 9, "M.5-10.5C.5-13 2.5-14 4.5-14S8.5-12.8 8.5-10.3C8.5-7 .5-3.5 .5 0H9"),
          glyph(
              '3',
              9,
              "M.8-12C1.8-13.5 3.2-14 4.5-14C7-14 8.4-12.6 8.4-10.6S6.8-7.4 4-7.4"
                  + "C7-7.4 8.8-6 8.8-3.7S7 0 4.3 0C2.5 0 1-.7 .2-2.2"),
          glyph('4', 9, "M6.5 0V-14L0-4H9"),
          glyph(
              '5',
              9,
              "M8.2-14H1.8L1.2-7.8C2.2-8.7 3.3-9 4.5-9C7.2-9 8.9-7.2 8.9-4.5"
                  + "S7.1 0 4.4 0C2.6 0 1.2-.6 .3-2"),
          glyph(
              '6',
              9,
              "M7.8-13C5-14.5 .2-13.5 .2-5.5C.2-1.8 2 0 4.6 0S8.9-1.8 8.9-4.4"
                  + "S7.2-8.6 4.7-8.6S.4-7 .2-4.6"),
          glyph('7', 9, "M.2-14H8.8L3.4 0"),
          glyph(
              '8',
              9,
              "M4.5-7.4C2.2-7.4 .8-8.8 .8-10.7S2.3-14 4.5-14S8.2-12.6 8.2-10.7S6.8-7.4 4.5-7.4"
                  + "C1.8-7.4 .2-5.9 .2-3.7S1.8 0 4.5 0S8.8-1.5 8.8-3.7S7.2-7.4 4.5-7.4Z"),
          glyph(
              '9',
              9,
              "M1.2-1C4 .5 8.8-.5 8.8-8.5C8.8-12.2 7-14 4.4-14S.1-12.2 .1-9.6"
                  + "S1.8-5.4 4.3-5.4S8.6-7 8.8-9.4"),
          glyph('a', 8, BOWL + "M8-9.5V0"),
          glyph('b', 8, BOWL + "M0-14V0"),
          glyph(
              'c',
              7.5,
              "M7.5-7.8C6.8-8.9 5.5-9.5 4.2-9.5C1.7-9.5 0-7.5 0-4.75S1.7 0 4.2 0"
                  + "C5.5 0 6.8-.6 7.5-1.7"),
          glyph('d', 8, BOWL + "M8-14V0"),
          glyph(
              'e',
              8,
              "M.1-5H8C8-7.7 6.4-9.5 4-9.5S0-7.5 0-4.75S1.7 0 4.2 0" + "C5.6 0 6.8-.6 7.5-1.7"),
          glyph('f', 6, "M6-13.6C3.5-14.6 2.2-13.3 2.2-11V0M0-9.5H5.5"),
          glyph('g', 8, BOWL + "M8-9.5V.5C8 3 6.5 4 4.2 4C2.8 4 1.5 3.6 .6 2.8"),
          glyph('h', 7.2, ARCH + "M0-14V0"),
          glyph('i', 2, "M1-9.5V0M1-13.4V-13"),
          glyph('j', 4, "M3-9.5V1C3 3.2 2 4.2 0 4M3-13.4V-13"),
          glyph('k', 7.2, "M0-14V0M7-9.5L0-4M2.8-6.2L7.2 0"),
          glyph('l', 2, "M1-14V0"),
          glyph(
              'm',
              12,
              "M0-9.5V0M0-5.8C0-8 1.3-9.5 3.2-9.5S6-8.2 6-6V0"
                  + "M6-5.8C6-8 7.3-9.5 9.2-9.5S12-8.2 12-6V0"),
          glyph('n', 7.2, ARCH + "M0-9.5V0"),
          glyph('o', 8, BOWL));

  private static Map.Entry<Character, Glyph> glyph(char letter, double width, String path) {
    return Map.entry(letter, new Glyph(width, path));
  }

  /** Writes a word around {@code x}, standing on {@code y}, its digits {@code height} high. */
  static void write(
      Drawing drawing, String word, double x, double y, double height, String colour) {
    List<Glyph> glyphs = word.chars().mapToObj(letter -> glyph((char) letter)).toList();
    double scale = height / HEIGHT;
    double width = GAP * (glyphs.size() - 1);
    for (Glyph glyph : glyphs) {
      width += glyph.width;
    }
    double at = x - width * scale / 2;
    for (Glyph glyph : glyphs) {
      drawing.add(
          "<path transform=\"translate(%s %s) scale(%s)\" d=\"%s\" fill=\"none\" stroke=\"%s\""
              + " stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
          at, y, scale, glyph.path, colour);
      at += (glyph.width + GAP) * scale;
    }
  }

  private static Glyph glyph(char letter) {
    Glyph glyph = GLYPHS.get(letter);
    if (glyph == null) {
      throw new IllegalArgumentException("No strokes are known for '%s'.".formatted(letter));
    }
    return glyph;
  }
}
