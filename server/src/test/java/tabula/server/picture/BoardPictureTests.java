package tabula.server.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import tabula.games.Board;
import tabula.games.Game;
import tabula.games.GameRecord;
import tabula.games.Games;
import tabula.games.Side;
import tabula.server.picture.BoardPicture.Shape;

class BoardPictureTests {

  private static GameRecord play(String game, String line) {
    return assertInstanceOf(GameRecord.Reading.Valid.class, GameRecord.read(Games.get(game), line))
        .record();
  }

  private static BufferedImage image(String svg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Png.of(svg)));
  }

  /** The colour of a pixel, such as {@code #d8452f}. */
  private static String colour(BufferedImage image, int x, int y) {
    return "#%06x".formatted(image.getRGB(x, y) & 0xffffff);
  }

  static Stream<Game> games() {
    return Games.all().stream();
  }

  @ParameterizedTest
  @MethodSource("games")
  void picture_ofAnyPosition_isWellFormed_andMarksWhatMoved(Game game) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    GameRecord played = new GameRecord(new int[0], game.initialPosition());
    while (!played.position().isOver() && played.position().ply() < 60) {
      int[] legal = played.position().legalActions();
      Side mover = played.position().sideToMove();
      played = played.play(legal[random.nextInt(legal.length)]);
      int[] last = LastMove.squares(played);
      // In Go a stone may take itself off.
      if (last.length > 0 && game.board().kind() != Board.Kind.SURROUND) {
        assertEquals(mover, played.position().pieceAt(last[last.length - 1]), played::format);
      }
    }
    Document drawn =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    BoardPicture.svg(played, Side.FIRST, Shape.BOARD, 200)
                        .getBytes(StandardCharsets.UTF_8)));
    long pieces = 0;
    Board board = game.board();
    for (int square = 0; square < board.width() * board.height(); square++) {
      pieces += played.position().pieceAt(square) == null ? 0 : 1;
    }
    assertEquals(pieces, drawn.getElementsByTagName("g").getLength());
  }

  /** As the page draws them, seen by what the middles of squares look like. */
  @ParameterizedTest
  @CsvSource({
    // A drop board's columns are 100 wide behind an edge of 14: row 0 is the lowest.
    "connect-four, 4, 364, 564, #ffffff",
    "connect-four, 4, 334, 564, #d8452f",
    "connect-four, 45, 430, 564, #f2bd3d",
    "connect-four, -, 364, 564, #e9e2d3",
    "tic-tac-toe, b2, 164, 100, #f8f1e2",
    "go-7, d4, 400, 364, #24272c",
    "chess, e2e4, 484, 464, #fbf4e2",
    "checkers, 9-13, 184, 464, #b98a5e"
  })
  void picture_hasThePagesColours_whereThePageHasThem(
      String game, String moves, int x, int y, String colour) throws IOException {
    GameRecord played = play(game, moves);
    Layout layout = new Layout(played.position().game().board(), false);
    BufferedImage image =
        image(BoardPicture.svg(played, Side.FIRST, Shape.BOARD, (int) Math.round(layout.width())));
    assertEquals(colour, colour(image, x, y));
  }

  @Test
  void picture_fromTheOtherSide_isTurned_whereGamesHaveADirection() {
    GameRecord chess = play("chess", "e2e4");
    assertTrue(
        BoardPicture.svg(chess, Side.FIRST, Shape.BOARD, 200).contains("translate(484 464)"));
    assertTrue(
        BoardPicture.svg(chess, Side.SECOND, Shape.BOARD, 200).contains("translate(384 364)"));
    GameRecord hex = play("hex-7", "b2");
    assertEquals(
        BoardPicture.svg(hex, Side.FIRST, Shape.BOARD, 200),
        BoardPicture.svg(hex, Side.SECOND, Shape.BOARD, 200));
  }

  @Test
  void card_isAsLargeAsPreviewsWantIt_whateverTheBoard() throws IOException {
    for (String game : List.of("chess", "hex-11", "tic-tac-toe")) {
      BufferedImage card = image(BoardPicture.svg(play(game, "-"), Side.FIRST, Shape.CARD, 200));
      assertEquals(1200, card.getWidth());
      assertEquals(630, card.getHeight());
      assertEquals(Palette.PAPER, colour(card, 3, 3));
    }
  }

  /** The page's stylesheet names each of them: whoever changes one finds the other. */
  @ParameterizedTest
  @MethodSource("games")
  void colours_areThePages(Game game) throws IOException {
    String styles = Files.readString(Path.of("../web-client/src/styles.css"));
    // Only what CSS writes shorter or otherwise is left out: white, and the marks of discs.
    Pattern colour = Pattern.compile("#(?!ffffff|000000|7a5506)[0-9a-f]{6}");
    colour
        .matcher(BoardPicture.svg(play(game.id(), "-"), Side.FIRST, Shape.CARD, 200))
        .results()
        .forEach(found -> assertTrue(styles.contains(found.group()), found.group()));
  }
}
