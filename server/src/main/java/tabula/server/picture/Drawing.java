package tabula.server.picture;

/** An SVG in the making. */
final class Drawing {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds elements. Of the parts put in place of each {@code %s}, numbers are written with at most
   * one digit behind the point; texts must need no escape.
   */
  void add(String elements, Object... parts) {
    int from = 0;
    for (Object part : parts) {
      int at = elements.indexOf("%s", from);
      text.append(elements, from, at);
      text.append(part instanceof Double number ? number(number) : part);
      from = at + 2;
    }
    text.append(elements, from, elements.length());
  }

  private static String number(double value) {
    double rounded =
        Math.abs(value) < 4 ? Math.round(value * 1000) / 1000.0 : Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
