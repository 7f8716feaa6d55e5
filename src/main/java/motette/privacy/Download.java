package motette.privacy;

import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.views.thymeleaf.ThymeleafViewsRenderer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import motette.people.Visitor;
import motette.shared.Say;
import motette.shared.Texts;

/**
 * Everything about a person as one ZIP: JSON for machines (DSGVO Art. 20), a page to read (Art. 15) and the photos. It is written to
 * a file that nobody else can open and that is gone once it was read, so that what goes out is whole or an error page, and
 * large pictures do not fill the memory.
 */
@Singleton
class Download {

    private static final int ALL = Integer.MAX_VALUE;

    private final PersonalData data;
    private final DataPages pages;
    private final JsonMapper json;
    private final ThymeleafViewsRenderer<Map<String, Object>> templates;
    private final Texts texts;
    private final Clock clock;

    Download(
            PersonalData data,
            DataPages pages,
            JsonMapper json,
            ThymeleafViewsRenderer<Map<String, Object>> templates,
            Texts texts,
            Clock clock) {
        this.data = data;
        this.pages = pages;
        this.json = json;
        this.templates = templates;
        this.texts = texts;
        this.clock = clock;
    }

    /** Empty when the person is gone. Whoever reads it closes it, and the file is deleted. */
    Optional<InputStream> zip(Visitor visitor, Locale locale, HttpRequest<?> request) throws IOException {
        var file = Files.createTempFile("motette-", ".zip");
        try {
            if (write(file, visitor, locale, request)) {
                return Optional.of(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
            } else {
                Files.delete(file);
                return Optional.empty();
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private boolean write(Path file, Visitor visitor, Locale locale, HttpRequest<?> request) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var found = data.withFiles(visitor.personId(), (name, content) -> {
                begin(zip, name);
                zip.write(content);
                zip.closeEntry();
            });
            if (found.isPresent()) {
                begin(zip, "data.json");
                zip.write(json.writeValueAsBytes(machineReadable(found.get())));
                zip.closeEntry();
                begin(zip, "index.html");
                html(pages.page(visitor.pseudonym(), found.get(), ALL, locale), locale, request, zip);
                zip.closeEntry();
            }
            return found.isPresent();
        }
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.from(clock.instant()));
        zip.putNextEntry(entry);
    }

    /** Kind, table, rows. */
    private static Map<String, Map<String, List<Map<String, Object>>>> machineReadable(
            Map<Kind, List<PersonalData.Found>> found) {
        var byKind = new LinkedHashMap<String, Map<String, List<Map<String, Object>>>>();
        found.forEach((kind, tables) -> {
            var byTable = new LinkedHashMap<String, List<Map<String, Object>>>();
            tables.forEach(table -> byTable.merge(table.holding().table(), table.rows(), Download::both));
            byKind.put(kind.key(), byTable);
        });
        return byKind;
    }

    private static List<Map<String, Object>> both(List<Map<String, Object>> some, List<Map<String, Object>> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private void html(DataPage page, Locale locale, HttpRequest<?> request, OutputStream out) throws IOException {
        var model = new HashMap<String, Object>();
        model.put("page", page);
        model.put("say", new Say(texts, locale));
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        templates.render("privacy/download", model, request).writeTo(writer);
        writer.flush();
    }
}
