package tabula.server.picture;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Drawings as PNG. */
public final class Png {

  static {
    // A server has no screen, and shows no icon where there is one.
    System.setProperty("java.awt.headless", "true");
  }

  /** Nothing of elsewhere is part of a drawing. */
  private static final LoaderContext CLOSED =
      LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build();

  private Png() {}

  /**
   * Takes some milliseconds: not for an event loop.
   *
   * @param svg of {@link BoardPicture}
   */
  public static byte[] of(String svg) {
    SVGDocument document =
        Objects.requireNonNull(
            new SVGLoader()
                .load(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)), null, CLOSED),
            "the drawing is no SVG");
    int width = Math.round(document.size().width);
    int height = Math.round(document.size().height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    document.render(null, graphics, new ViewBox(0, 0, width, height));
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
