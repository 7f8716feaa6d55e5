package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.HashMap;
import java.util.Map;
import motette.PortalTest;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class StyleguideInServiceTest extends PortalTest {

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("motette.demo", "false");
        return properties;
    }

    @Test
    void a_city_in_service_does_not_have_the_page_of_components() {
        assertThat(browser().get("/styleguide").statusCode()).isEqualTo(404);
        assertThat(browser().get("/about").statusCode()).isEqualTo(200);
    }
}
