package tabula.server.picture;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tabula.games.Board;
import tabula.games.GameRecord;
import tabula.games.Position;
import tabula.games.Side;
import tabula.server.picture.Layout.Point;

/**
 * A position as SVG, like the page's boards, with the last move marked and what decided the game.
 */
public final class BoardPicture {

  /** What is drawn around the board. */
  public enum Shape {
    /** Nothing. */
    BOARD,
    /** A sheet as wide as those who show links like them. */
    CARD
  }

  private static final int CARD_WIDTH = 1200;
  private static final int CARD_HEIGHT = 630;
  private static final double CARD_MARGIN = 33;

  /** From how wide a board on its labels are larger: its squares are many, and small. */
  private static final double WIDE = 1100;

  /** How much is seen of pieces beside those that decided the game. */
  private static final String FADED = "0.4";

  private final Position position;
  private final int[] last;
  private final List<Integer> deciding;
  private final Board board;
  private final Layout layout;
  private final Palette palette;
  private final Drawing drawing = new Drawing();

  private BoardPicture(GameRecord played, Side below) {
    this.position = played.position();
    this.last = LastMove.squares(played);
    this.deciding = IntStream.of(position.decidingSquares()).boxed().toList();
    this.board = position.game().board();
    this.layout = new Layout(board, below == Side.SECOND && hasDirection(board.kind()));
    this.palette = Palette.of(board.kind());
  }

  private static boolean hasDirection(Board.Kind kind) {
    return kind == Board.Kind.STEP || kind == Board.Kind.CHESS || kind == Board.Kind.DRAUGHTS;
  }

  /**
   * Draws the position after a game's last move.
   *
   * @param below whose side is below, in games whose pieces go up or down
   * @param width in pixels; a card's own width is held
   */
  public static String svg(GameRecord played, Side below, Shape shape, int width) {
    return new BoardPicture(played, below).write(shape, width);
  }

  /** How wide a picture is in pixels that may be so wide. */
  public static int width(Shape shape, int width) {
    return shape == Shape.CARD ? CARD_WIDTH : width;
  }

  private String write(Shape shape, int wanted) {
    boolean card = shape == Shape.CARD;
    double height = card ? CARD_HEIGHT : layout.height();
    double across = card ? CARD_WIDTH : layout.width();
    int width = width(shape, wanted);
    drawing.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\""
            + " height=\"%s\" role=\"img\"><title>%s, %s</title>",
        across,
        height,
        width,
        (int) Math.round(width * height / across),
        position.game().title(),
        position.ply());
    if (card) {
      double scale = (CARD_HEIGHT - 2 * CARD_MARGIN) / layout.height();
      drawing.add(
          "<rect width=\"1200\" height=\"630\" fill=\"%s\"/><g transform=\"translate(%s %s)"
              + " scale(%s)\">",
          Palette.PAPER, (CARD_WIDTH - layout.width() * scale) / 2, CARD_MARGIN, scale);
    }
    drawGround();
    drawTrace();
    drawPieces();
    drawLabels();
    drawDeciding();
    drawing.add(card ? "</g></svg>" : "</svg>");
    return drawing.toString();
  }

  private interface Square {
    void draw(int square, Point at);
  }

  private void forEachSquare(Square each) {
    for (int square = 0; square < board.width() * board.height(); square++) {
      each.draw(square, at(square));
    }
  }

  private Point at(int square) {
    return layout.centre(square % board.width(), square / board.width());
  }

  private void drawGround() {
    boolean hasHoles = board.kind() == Board.Kind.DROP || board.kind() == Board.Kind.PLACE;
    drawing.add(
        "<rect width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\"/>",
        layout.width(), layout.height(), hasHoles ? 26 : 18, palette.frame());
    switch (board.kind()) {
      case DROP -> forEachSquare((square, at) -> drawCircle(at, 40, palette.ground()));
      case PLACE ->
          forEachSquare(
              (square, at) ->
                  drawing.add(
                      "<rect x=\"%s\" y=\"%s\" width=\"90\" height=\"90\" rx=\"10\" fill=\"%s\"/>",
                      at.x() - 45, at.y() - 45, palette.ground()));
      case STEP, CHESS, DRAUGHTS ->
          forEachSquare(
              (square, at) ->
                  drawTile(
                      at,
                      (square % board.width() + square / board.width()) % 2 == 0
                          ? Palette.DARK_SQUARE
                          : palette.ground()));
      case FLIP -> drawFelt();
      case POINT, SURROUND -> drawCrossings();
      case HEX -> drawHexagons();
    }
  }

  private void drawCircle(Point at, int radius, String fill) {
    drawing.add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>", at.x(), at.y(), radius, fill);
  }

  private void drawTile(Point at, String fill) {
    drawing.add(
        "<rect x=\"%s\" y=\"%s\" width=\"100\" height=\"100\" fill=\"%s\"/>",
        at.x() - Layout.CELL / 2, at.y() - Layout.CELL / 2, fill);
  }

  private void drawFelt() {
    forEachSquare((square, at) -> drawTile(at, palette.ground()));
    drawGrid(board.width(), board.height(), Layout.CELL / 2, 4);
  }

  private void drawCrossings() {
    drawGrid(board.width() - 1, board.height() - 1, 0, 3);
    for (double[] star : layout.starPoints()) {
      Point corner = layout.centre(0, 0);
      drawCircle(
          new Point(corner.x() + star[0] * Layout.CELL, corner.y() - star[1] * Layout.CELL),
          9,
          palette.lines());
    }
  }

  /** Lines around so many columns and rows, beginning so far outside the first square's middle. */
  private void drawGrid(int columns, int rows, double outside, int width) {
    double left = layout.centre(0, 0).x() - outside;
    double bottom = layout.centre(0, 0).y() + outside;
    drawing.add("<path d=\"");
    for (int column = 0; column <= columns; column++) {
      drawing.add("M%s %sv%s", left + column * Layout.CELL, bottom, -rows * Layout.CELL);
    }
    for (int row = 0; row <= rows; row++) {
      drawing.add("M%s %sh%s", left, bottom - row * Layout.CELL, columns * Layout.CELL);
    }
    drawing.add("\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>", palette.lines(), width);
  }

  private void drawHexagons() {
    int right = board.width() - 1;
    int top = board.height() - 1;
    drawEdge(
        Side.SECOND,
        Stream.concat(
            IntStream.range(0, top).boxed().flatMap(row -> corners(0, row, 5, 4, 3)),
            corners(0, top, 5, 4)));
    drawEdge(
        Side.SECOND,
        IntStream.rangeClosed(0, top).boxed().flatMap(row -> corners(right, row, 1, 2)));
    drawEdge(
        Side.FIRST,
        IntStream.rangeClosed(0, right).boxed().flatMap(column -> corners(column, 0, 5, 0, 1)));
    drawEdge(
        Side.FIRST,
        IntStream.rangeClosed(0, right).boxed().flatMap(column -> corners(column, top, 4, 3, 2)));
    forEachSquare(
        (square, at) -> {
          drawPath(at.corners(Layout.RADIUS).stream());
          drawing.add(
              "Z\" fill=\"%s\" stroke=\"%s\" stroke-width=\"3\"/>",
              palette.ground(), palette.lines());
        });
  }

  private Stream<Point> corners(int column, int row, int... which) {
    List<Point> around = layout.centre(column, row).corners(Layout.RADIUS);
    return IntStream.of(which).mapToObj(around::get);
  }

  private void drawEdge(Side side, Stream<Point> corners) {
    drawPath(corners);
    drawing.add(
        "\" fill=\"none\" stroke=\"%s\" stroke-width=\"26\" stroke-linejoin=\"round\"/>",
        palette.of(side).fill());
  }

  /** Begins a path through points; what ends it is the caller's. */
  private void drawPath(Stream<Point> points) {
    String command = "<path d=\"M";
    for (Point point : points.toList()) {
      drawing.add(command + "%s %s", point.x(), point.y());
      command = "L";
    }
  }

  private void drawTrace() {
    if (hasDirection(board.kind())) {
      for (int square : last) {
        drawing.add(
            "<rect x=\"%s\" y=\"%s\" width=\"100\" height=\"100\" fill=\"%s\""
                + " fill-opacity=\"0.4\"/>",
            at(square).x() - Layout.CELL / 2, at(square).y() - Layout.CELL / 2, Palette.TRACE);
      }
    }
  }

  private void drawPieces() {
    forEachSquare(
        (square, at) -> {
          Side side = position.pieceAt(square);
          if (side != null) {
            boolean faded = !deciding.isEmpty() && !deciding.contains(square);
            drawing.add(
                "<g transform=\"translate(%s %s)\"%s>",
                at.x(), at.y(), faded ? " opacity=\"%s\"".formatted(FADED) : "");
            drawPiece(side, position.symbolAt(square));
            if (!hasDirection(board.kind()) && last.length > 0 && last[last.length - 1] == square) {
              drawing.add(
                  "<circle r=\"7\" fill=\"#ffffff\" stroke=\"#000000\" stroke-opacity=\"0.4\""
                      + " stroke-width=\"2\"/>");
            }
            drawing.add("</g>");
          }
        });
  }

  /** Draws a piece around 0, 0. */
  private void drawPiece(Side side, char symbol) {
    Palette.Piece colours = palette.of(side);
    switch (board.kind()) {
      case DROP -> {
        drawing.add("<circle r=\"40\" fill=\"%s\"/>", colours.fill());
        drawMark(side, 26, 27);
      }
      case HEX -> {
        drawDisc(37, colours);
        drawMark(side, 20, 21);
      }
      case FLIP -> drawDisc(42, colours);
      case POINT, SURROUND -> drawDisc(45, colours);
      case PLACE ->
          drawing.add(
              "%s fill=\"none\" stroke=\"%s\" stroke-width=\"13\" stroke-linecap=\"round\"/>",
              side == Side.FIRST ? "<path d=\"M-24 -24l48 48m0 -48l-48 48\"" : "<circle r=\"26\"",
              colours.fill());
      case STEP -> drawOutline(Shapes.RUNNER, colours);
      case CHESS -> {
        Shapes.Man man = Objects.requireNonNull(Shapes.MEN.get(Character.toUpperCase(symbol)));
        drawOutline(man.outline(), colours);
        if (man.line() != null) {
          drawLine(man.line(), colours);
        }
      }
      case DRAUGHTS -> {
        drawDisc(38, colours);
        drawing.add(
            "<circle r=\"28\" fill=\"none\" stroke=\"%s\" stroke-width=\"4\"/>", colours.line());
        if (symbol == 'K' || symbol == 'k') {
          drawLine(Shapes.CROWN, colours);
        }
      }
    }
  }

  private void drawDisc(int radius, Palette.Piece colours) {
    drawing.add(
        "<circle r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"5\"/>",
        radius, colours.fill(), colours.edge());
  }

  private void drawOutline(String path, Palette.Piece colours) {
    drawing.add(
        "<path d=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"5\"/>",
        path, colours.fill(), colours.edge());
  }

  private void drawLine(String path, Palette.Piece colours) {
    drawing.add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"4\""
            + " stroke-linecap=\"round\"/>",
        path, colours.line());
  }

  /** Tells the sides apart by form: a ring on the first player's discs, a diamond on the others. */
  private void drawMark(Side side, int radius, int half) {
    drawing.add(
        "%s fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.6\" stroke-width=\"5\"/>",
        side == Side.FIRST
            ? "<circle r=\"%d\"".formatted(radius)
            : "<path d=\"M0 -%1$dL%1$d 0L0 %1$dL-%1$d 0Z\"".formatted(half),
        palette.of(side).line());
  }

  private void drawLabels() {
    boolean wide = layout.width() > WIDE;
    double height = board.kind() == Board.Kind.PLACE ? 10 : wide ? 21 : 16;
    for (int column = 0; column < board.width(); column++) {
      Point at = layout.centre(column, 0);
      Point below = layout.centre(column, layout.turned() ? board.height() - 1 : 0);
      String file =
          board.kind() == Board.Kind.DROP
              ? Integer.toString(column + 1)
              : Character.toString('a' + column);
      switch (board.kind()) {
        case DROP -> write(file, at.x(), layout.height() - 11, height);
        case PLACE -> write(file, at.x() + 35, at.y() + 39, height);
        case HEX -> write(file, at.x() - 26, at.y() + Layout.RADIUS + 32, height);
        case STEP, FLIP, POINT, SURROUND, CHESS, DRAUGHTS ->
            write(file, below.x(), layout.height() - 10, height);
      }
    }
    for (int row = 0; row < board.height() && board.kind() != Board.Kind.DROP; row++) {
      Point at = layout.centre(0, row);
      String rank = Integer.toString(row + 1);
      switch (board.kind()) {
        case PLACE -> write(rank, at.x() - 35, at.y() - 28, height);
        case HEX -> write(rank, at.x() - 74, at.y() - 2, height);
        case DROP, STEP, FLIP, POINT, SURROUND, CHESS, DRAUGHTS ->
            write(rank, 17, at.y() + height / 2, height);
      }
    }
  }

  private void write(String word, double x, double y, double height) {
    Letters.write(drawing, word, x, y, height, palette.label());
  }

  private void drawDeciding() {
    for (int square : deciding) {
      Point at = at(square);
      switch (board.kind()) {
        case DROP -> {
          drawRing(at, 42, Palette.WIN_EDGE, 15);
          drawRing(at, 42, palette.win(), 8);
        }
        case POINT, SURROUND -> drawRing(at, 43, palette.win(), 9);
        case HEX -> {
          drawPath(at.corners(Layout.RADIUS - 6).stream());
          drawing.add("Z\" fill=\"none\" stroke=\"%s\" stroke-width=\"9\"/>", palette.win());
        }
        case PLACE, STEP, FLIP, CHESS, DRAUGHTS ->
            drawing.add(
                "<rect x=\"%s\" y=\"%s\" width=\"90\" height=\"90\" rx=\"10\" fill=\"none\""
                    + " stroke=\"%s\" stroke-width=\"8\"/>",
                at.x() - 45, at.y() - 45, palette.win());
      }
    }
  }

  private void drawRing(Point at, int radius, String colour, int width) {
    drawing.add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>",
        at.x(), at.y(), radius, colour, width);
  }
}
