package motette.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.junit.jupiter.api.Test;

/** A PDF that does more than show pages is refused with its reason. */
public class PdfCheckTest {

    private final PdfCheck check = new PdfCheck();

    public interface Change {
        void of(PDDocument pdf) throws IOException;
    }

    public static byte[] pdf(Change change) throws IOException {
        try (var pdf = new PDDocument();
                var out = new ByteArrayOutputStream()) {
            pdf.addPage(new PDPage());
            change.of(pdf);
            pdf.save(out);
            return out.toByteArray();
        }
    }

    private String why(byte[] file) {
        return check.refusal(file).map(refusal -> refusal.reason().key()).orElse("");
    }

    @Test
    void plain_pages_are_kept() throws IOException {
        assertThat(why(pdf(pdf -> {}))).isEmpty();
    }

    @Test
    void a_script_at_opening_is_refused() throws IOException {
        assertThat(why(pdf(pdf -> pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)")))))
                .isEqualTo("applications.pdf.active");
    }

    @Test
    void a_link_that_starts_a_program_is_refused() throws IOException {
        assertThat(why(pdf(pdf -> {
                    var link = new PDAnnotationLink();
                    link.setAction(new PDActionLaunch());
                    pdf.getPage(0).setAnnotations(List.of(link));
                })))
                .isEqualTo("applications.pdf.active");
    }

    @Test
    void an_embedded_file_is_refused() throws IOException {
        assertThat(why(pdf(pdf -> {
                    var tree = new PDEmbeddedFilesNameTreeNode();
                    tree.setNames(Map.of("a.exe", new PDComplexFileSpecification()));
                    var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
                    names.setEmbeddedFiles(tree);
                    pdf.getDocumentCatalog().setNames(names);
                })))
                .isEqualTo("applications.pdf.active");
    }

    @Test
    void a_password_is_named() throws IOException {
        assertThat(why(pdf(pdf -> pdf.protect(new StandardProtectionPolicy("a", "", new AccessPermission())))))
                .isEqualTo("applications.pdf.locked");
    }

    @Test
    void what_only_begins_as_a_pdf_is_damaged() {
        assertThat(why("%PDF-1.7 nothing more".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("applications.pdf.damaged");
    }
}
