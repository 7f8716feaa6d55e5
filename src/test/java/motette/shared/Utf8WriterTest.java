package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8WriterTest {

    @Property
    void it_gathers_what_strings_would_however_they_are_cut(@ForAll String text, @ForAll byte cut) {
        var writer = new Utf8Writer(1);
        int middle = text.isEmpty() ? 0 : Math.floorMod(cut, text.length() + 1);
        writer.write(text.toCharArray(), 0, middle);
        writer.write(text, middle, text.length() - middle);
        assertThat(writer.toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void half_a_character_waits_for_its_other_half() {
        var writer = new Utf8Writer(1);
        "Baum 🌳!".chars().forEach(writer::write);
        assertThat(new String(writer.toBytes(), StandardCharsets.UTF_8)).isEqualTo("Baum 🌳!");
    }
}
