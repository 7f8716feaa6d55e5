package motette.applications;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import motette.shared.Refusal;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * A PDF is kept as it came, so it must be one that only shows pages: it opens without a password and carries no script, no file, and
 * no action that starts a program or sends something (ISO 32000-1, 7.11.4, 12.6.4, 12.7.8).
 */
@Singleton
public class PdfCheck {

    static final int MOST_PAGES = 200;

    private static final int MOST_OBJECTS = 200_000;

    private static final Set<String> KEYS =
            Set.of("JS", "JavaScript", "EmbeddedFiles", "EF", "XFA", "RichMediaContent");
    private static final Set<String> ACTIONS = Set.of(
            "JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "Rendition", "RichMediaExecute", "Movie");
    private static final Set<String> ANNOTATIONS = Set.of("FileAttachment", "RichMedia", "Movie", "Screen", "3D");

    /** Reading one needs many times its size. */
    private final Semaphore atWork = new Semaphore(1, true);

    /** Empty when it can be kept. */
    public Optional<Refusal> refusal(byte[] file) {
        atWork.acquireUninterruptibly();
        try (var pdf = Loader.loadPDF(file, "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
            if (pdf.isEncrypted()) {
                return no("applications.pdf.locked");
            } else if (pdf.getNumberOfPages() < 1 || pdf.getNumberOfPages() > MOST_PAGES) {
                return no("applications.pdf.pages", MOST_PAGES);
            } else {
                return isActive(pdf) ? no("applications.pdf.active") : Optional.empty();
            }
        } catch (IOException | RuntimeException unreadable) {
            return no("applications.pdf.damaged");
        } finally {
            atWork.release();
        }
    }

    /** Looks at every object of the file, also at those that no page refers to. */
    private static boolean isActive(PDDocument pdf) {
        var waiting = new ArrayDeque<COSBase>();
        Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.add(pdf.getDocument().getTrailer());
        pdf.getDocument().getXrefTable().keySet().forEach(key -> {
            var object = pdf.getDocument().getObjectFromPool(key);
            if (object != null) {
                waiting.add(object);
            }
        });
        while (!waiting.isEmpty()) {
            var object = waiting.poll();
            var base = object instanceof COSObject reference ? reference.getObject() : object;
            if (base != null && seen.add(base)) {
                if (seen.size() > MOST_OBJECTS) {
                    return true;
                } else if (base instanceof COSArray array) {
                    array.forEach(item -> add(waiting, item));
                } else if (base instanceof COSDictionary dictionary) {
                    if (isActive(dictionary)) {
                        return true;
                    }
                    dictionary.getValues().forEach(item -> add(waiting, item));
                }
            }
        }
        return false;
    }

    private static void add(ArrayDeque<COSBase> waiting, @Nullable COSBase item) {
        if (item != null) {
            waiting.add(item);
        }
    }

    private static boolean isActive(COSDictionary dictionary) {
        return dictionary.keySet().stream().anyMatch(key -> KEYS.contains(key.getName()))
                || ACTIONS.contains(name(dictionary, COSName.S))
                || ANNOTATIONS.contains(name(dictionary, COSName.SUBTYPE));
    }

    private static String name(COSDictionary dictionary, COSName key) {
        return dictionary.getDictionaryObject(key) instanceof COSName name ? name.getName() : "";
    }

    private static Optional<Refusal> no(String key, Object... args) {
        return Optional.of(Refusal.of(key, args));
    }
}
