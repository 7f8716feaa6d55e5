package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.unbescape.html.HtmlEscape;

class Utf8WriterTest {

    @Property
    void it_gathers_what_strings_would_however_they_are_cut(@ForAll String text, @ForAll byte cut) {
        var writer = new Utf8Writer(1);
        int middle = text.isEmpty() ? 0 : Math.floorMod(cut, text.length() + 1);
        writer.write(text.toCharArray(), 0, middle);
        writer.write(text, middle, text.length() - middle);
        assertThat(bytes(writer)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void half_a_character_waits_for_its_other_half() {
        var writer = new Utf8Writer(1);
        "Baum 🌳!".chars().forEach(writer::write);
        assertThat(writer.toString()).isEqualTo("Baum 🌳!");
    }

    @Property
    void what_is_escaped_reads_as_the_library_escapes_it(@ForAll String before, @ForAll String text) {
        var writer = new Utf8Writer(1);
        writer.write(before);
        writer.appendEscaped(text);
        assertThat(bytes(writer))
                .isEqualTo((before + HtmlEscape.escapeHtml4Xml(text)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void markup_within_a_text_is_escaped() {
        var writer = new Utf8Writer(1);
        writer.appendEscaped("Bänke & <b>\"Licht\"</b> 'für' alle, Ѐ €");
        assertThat(writer.toString())
                .isEqualTo("Bänke &amp; &lt;b&gt;&quot;Licht&quot;&lt;/b&gt; &#39;für&#39; alle, Ѐ €");
    }

    private static byte[] bytes(Utf8Writer writer) {
        var buffer = writer.toBuffer();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
