package motette.grants;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import motette.Chromium;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class ProofInBrowserTest extends PortalTest {

    @Inject
    SomeGrants some;

    @Inject
    SampleGrants people;

    @Test
    void a_photo_as_phones_take_it_comes_in_and_takes_nothing_of_what_was_typed() throws IOException {
        var id = some.paid(people, Town.resident(19));
        try (var chromium = new Chromium(server.getURI())) {
            var phone = chromium.open(390, 844, ColorScheme.DARK, true, Town.resident(19));
            phone.navigate("/grants/" + id + "/proof");
            phone.locator("#spent").fill("1.400");
            phone.locator("#report").fill("Drei Bänke stehen im Schatten.");
            phone.locator("[name=kind][value=interim]").check();
            phone.locator("#photo").setInputFiles(new FilePayload("bild.jpg", "image/jpeg", large()));
            phone.locator("#alt").fill("Drei Bänke");
            push(phone.locator("form[action$='/photos'] button"));
            assertThat(phone.locator(".gallery img")).hasCount(1);
            assertThat(phone.locator("#spent")).hasValue("1.400");
            assertThat(phone.locator("#report")).hasValue("Drei Bänke stehen im Schatten.");
            assertThat(phone.locator("[name=kind][value=interim]")).isChecked();
            fits(phone);
            phone.reload();
            assertThat(phone.locator("#report")).hasValue("");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    /** Noise, which does not become small. */
    private static byte[] large() throws IOException {
        var random = new Random(7);
        var picture = new BufferedImage(1600, 1200, BufferedImage.TYPE_3BYTE_BGR);
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                picture.setRGB(x, y, random.nextInt());
            }
        }
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(picture, "jpeg", bytes);
            assertThat(bytes.size()).isGreaterThan(500_000);
            return bytes.toByteArray();
        }
    }
}
