package motette.applications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import motette.ideas.PhotoEncoder;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/** Documents of applications: PDFs that only show pages, and pictures, which are drawn anew. */
@Singleton
class Documents {

    static final int MOST = 10;
    static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final int LONGEST_NAME = 120;
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final Sql sql;
    private final PdfCheck pdfs;
    private final PhotoEncoder pictures;
    private final Clock clock;

    Documents(Sql sql, PdfCheck pdfs, PhotoEncoder pictures, Clock clock) {
        this.sql = sql;
        this.pdfs = pdfs;
        this.pictures = pictures;
        this.clock = clock;
    }

    /** @param since the first version that has it; 0 while none has */
    @Introspected
    record Document(UUID id, String name, String mediaType, int bytes, int since) {

        long kilobytes() {
            return Math.max(1, bytes / 1024);
        }
    }

    /** What is kept of an upload. */
    record Kept(String name, String mediaType, byte[] content) {}

    /** Seconds, so outside of any transaction. @throws Refused with the sentence for whoever uploaded it */
    Kept check(String fileName, byte[] upload) {
        var name = name(fileName);
        if (upload.length > MOST_BYTES) {
            throw new Refused(Refusal.of("applications.document.too-large", MOST_BYTES / 1024 / 1024));
        } else if (startsAsPdf(upload) || name.toLowerCase(Locale.ROOT).endsWith(".pdf")) {
            pdfs.refusal(upload).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            return new Kept(ending(name, ".pdf"), "application/pdf", upload);
        } else {
            var picture = pictures.encode(upload.length, () -> upload);
            return new Kept(
                    ending(name, ".jpg"),
                    "image/jpeg",
                    picture.renditions().getLast().jpeg());
        }
    }

    /** The row of the application is locked, so that uploads are counted one after the other. */
    @Transactional(propagation = Propagation.MANDATORY)
    void keep(long application, Kept kept) {
        if (current(application).size() >= MOST) {
            throw new Refused(Refusal.of("applications.document.too-many", MOST));
        }
        sql.change(
                "insert into application_documents (id, application_id, name, media_type, content, added_at) values (?,"
                        + " ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                application,
                kept.name(),
                kept.mediaType(),
                kept.content(),
                clock.instant());
    }

    /** What a version has stays there and is only taken off the draft. */
    @Transactional(propagation = Propagation.MANDATORY)
    void drop(long application, UUID document) {
        sql.change(
                "delete from application_documents d where id = ? and application_id = ? and not exists (select from"
                        + " application_version_documents v where v.document_id = d.id)",
                document,
                application);
        sql.change(
                "update application_documents set dropped_at = ? where id = ? and application_id = ? and dropped_at is"
                        + " null",
                clock.instant(),
                document,
                application);
    }

    /** Those that the next version will have. */
    @Connectable
    List<Document> current(long application) {
        return list("d.application_id = ? and d.dropped_at is null", application);
    }

    @Connectable
    List<Document> of(long application, int version) {
        return list(
                "d.application_id = ? and exists (select from application_version_documents v where v.document_id ="
                        + " d.id and v.version = ?)",
                application,
                version);
    }

    /** @param unsent also one that no version has yet */
    @Connectable
    Optional<Kept> content(long application, UUID document, boolean unsent) {
        return sql.one(
                "select d.name, d.media_type, d.content from application_documents d where d.application_id = ? and"
                    + " d.id = ? and (? or exists (select from application_version_documents v where v.document_id ="
                    + " d.id))",
                row -> new Kept(row.getString(1), row.getString(2), row.getBytes(3)),
                application,
                document,
                unsent);
    }

    private List<Document> list(String condition, Object... args) {
        return sql.list(
                "select d.id, d.name, d.media_type, octet_length(d.content), coalesce((select min(v.version) from"
                        + " application_version_documents v where v.document_id = d.id), 0) from application_documents"
                        + " d where " + condition + " order by d.added_at, d.id",
                row -> new Document(
                        row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getInt(4), row.getInt(5)),
                args);
    }

    private static boolean startsAsPdf(byte[] upload) {
        return upload.length > PDF.length && Arrays.equals(upload, 0, PDF.length, PDF, 0, PDF.length);
    }

    /** The last part of a path, letters, digits and a few signs: it stands in the header of a download. */
    static String name(String fileName) {
        var name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
                .replaceAll("[^\\p{L}\\p{N} ._()-]", "_")
                .strip()
                .replaceFirst("^\\.+", "");
        return name.length() > LONGEST_NAME - 4 ? name.substring(0, LONGEST_NAME - 4) : name;
    }

    private static String ending(String name, String ending) {
        var bare = name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        return (bare.isBlank() ? "Dokument" : bare) + ending;
    }
}
