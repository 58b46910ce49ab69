package tabula.server.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import tabula.server.protocol.Contract;
import tabula.server.protocol.Contract.Part;

/**
 * Shows the contract to a reader at {@code /docs}: the page for bot authors, every message, and the
 * files.
 */
final class DocsPage {

  private static final ObjectWriter PRETTY = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; display: block; overflow-x: auto; }
      th, td { border: 1px solid #8886; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
      code, pre { font: 14px/1.45 ui-monospace, monospace; }
      pre { background: #8882; padding: 0.7rem 1rem; border-radius: 6px; overflow-x: auto; }
      a { color: #2a6fdb; }
      @media (prefers-color-scheme: dark) { a { color: #8ab4ff; } }
      """;

  private static final String CONFIG = "schemas/config.json";

  private final Map<String, String> files = new LinkedHashMap<>();

  DocsPage() {
    for (String file : List.of("protocol.md", "asyncapi.yaml", "openapi.yaml")) {
      files.put(file, Contract.text(file));
    }
    for (Part part : Part.values()) {
      String file = "schemas/%s.json".formatted(part.file());
      files.put(file, Contract.text(file));
    }
    files.put(CONFIG, Contract.text(CONFIG));
  }

  void addTo(Router router) {
    String page = page();
    router
        .get("/docs")
        .handler(
            request ->
                request.response().putHeader("Content-Type", "text/html; charset=utf-8").end(page));
    router
        .get("/docs/style.css")
        .handler(
            request ->
                request.response().putHeader("Content-Type", "text/css; charset=utf-8").end(STYLE));
    files.forEach(
        (file, text) ->
            router
                .get("/docs/" + file)
                .handler(
                    request -> request.response().putHeader("Content-Type", type(file)).end(text)));
  }

  /** The text's links lead to its neighbours, and its address here has no slash at its end. */
  private static void underDocs(Node node, String tag, Map<String, String> attributes) {
    attributes.computeIfPresent(
        "href",
        (name, address) -> address.matches("[#/].*|[a-z]+:.*") ? address : "/docs/" + address);
  }

  private static String type(String file) {
    return file.endsWith(".json")
        ? "application/schema+json"
        : file.endsWith(".yaml")
            ? "application/yaml; charset=utf-8"
            : "text/markdown; charset=utf-8";
  }

  private String page() {
    List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Tabula: the match protocol</title><link rel="stylesheet" href="/docs/style.css"></head><body><main>
        <p>The files:\s""");
    files
        .keySet()
        .forEach(file -> html.append("<a href=\"/docs/%s\">%s</a> ".formatted(file, file)));
    html.append("</p>");
    html.append(
        HtmlRenderer.builder()
            .extensions(tables)
            .attributeProviderFactory(context -> DocsPage::underDocs)
            .build()
            .render(
                Parser.builder().extensions(tables).build().parse(Contract.text("protocol.md"))));
    for (Part part : List.of(Part.CLIENT, Part.SERVER, Part.HTTP)) {
      JsonNode document = Contract.get().document(part);
      html.append(
          "<h2>%s</h2><p>%s</p>"
              .formatted(escaped(document.path("title")), escaped(document.path("description"))));
      for (String name : Contract.get().names(part)) {
        if (!name.equals("envelope")) {
          append(html, part, name);
        }
      }
    }
    return html.append("</main></body></html>").toString();
  }

  private static void append(StringBuilder html, Part part, String name) {
    JsonNode schema = Contract.get().document(part).path("$defs").path(name);
    html.append(
        "<h3 id=\"%s-%s\"><code>%s</code></h3><p>%s</p>"
            .formatted(part.file(), name, name, escaped(schema.path("description"))));
    for (JsonNode example : Contract.get().examples(part, name)) {
      html.append("<pre>").append(escaped(pretty(example))).append("</pre>");
    }
  }

  private static String pretty(JsonNode example) {
    try {
      return PRETTY.writeValueAsString(example);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String escaped(JsonNode text) {
    return escaped(text.asText());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
