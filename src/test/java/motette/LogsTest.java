package motette;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Logs speak to operators and know nobody. */
@MicronautTest(transactional = false)
class LogsTest extends PortalTest {

    private static final String ADDRESS = "resident-3@motette.example";

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("logs.broken", "true");
        return properties;
    }

    /** Deeds that break in the database. */
    @Controller("/broken")
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Requires(property = "logs.broken", value = "true")
    static class Broken {

        private final Waiting waiting;

        Broken(Waiting waiting) {
            this.waiting = waiting;
        }

        @Get("/unique")
        void unique() {
            waiting.change("update persons set email = (select email from persons where demo_key = 'resident-3')"
                    + " where demo_key = 'resident-4'");
        }

        @Get("/check")
        void check() {
            waiting.change("insert into kept_keys (name, sealed, made_at) select email, sha256(''), now() from persons"
                    + " where demo_key = 'resident-3'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unique", "check"})
    void a_violated_constraint_is_logged_without_its_values(String deed) {
        var entries = new ListAppender<ILoggingEvent>();
        entries.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(entries);
        try {
            assertThat(browser().get("/broken/" + deed).statusCode()).isEqualTo(500);
        } finally {
            root.detachAppender(entries);
        }
        var said = List.copyOf(entries.list).stream()
                .map(entry -> entry.getFormattedMessage() + " "
                        + (entry.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(entry.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
        assertThat(said).contains("violates " + deed).doesNotContain(ADDRESS, "Detail:");
    }
}
