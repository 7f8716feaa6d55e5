package motette.applications;

import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import motette.shared.Sql;

/** Applications of the demo city: written, sent and checked as if people had done it, without mails and deeds. */
@Singleton
@Requires(property = "motette.demo", value = "true")
public class SampleApplications {

    private final ApplicationRepository applications;
    private final Applications service;
    private final Sql sql;
    private final Clock clock;

    SampleApplications(ApplicationRepository applications, Applications service, Sql sql, Clock clock) {
        this.applications = applications;
        this.service = service;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @param person  key of whoever asks
     * @param officer key of whoever checks it
     * @param state   draft, returned or complete
     * @param gap     what is missing, in words, where it is returned
     */
    public record Sample(String person, String officer, String state, String gap, Map<String, String> fields) {}

    /** Nothing where somebody with this key asks for something already. */
    @Transactional
    public void keep(Sample sample) {
        var person = person(sample.person());
        var officer = person(sample.officer());
        if (person.isPresent()
                && officer.isPresent()
                && !sql.holds("select from applications where applicant_id = ?", person.get())) {
            var began = clock.instant().minus(Duration.ofDays(3));
            long id = applications.insert(person, Optional.empty(), Optional.empty(), sample.fields(), began);
            if (!sample.state().equals(Application.DRAFT)) {
                send(id, sample, officer.get());
            }
        }
    }

    private void send(long id, Sample sample, long officer) {
        var draft = applications.find(id).orElseThrow();
        var around = service.around(draft);
        var form = around.form();
        var budget = around.budget().orElseThrow();
        applications.freeze(
                id,
                new ApplicationRepository.Version(
                        1,
                        form.title(),
                        form.get("kind"),
                        budget.bodyKey(),
                        form.get("quarter"),
                        budget.fundKey(),
                        budget.year(),
                        form.isOrganisation() ? form.get("name") : "",
                        around.plan(),
                        form.fields(),
                        LocalDate.now(clock).minusDays(2),
                        clock.instant().minus(Duration.ofDays(2))));
        var sent = applications.find(id).orElseThrow();
        var checked = clock.instant().minus(Duration.ofDays(1));
        if (sample.state().equals(Application.RETURNED)) {
            applications.giveBack(sent, officer, "", Map.of("costs", sample.gap()), checked);
        } else {
            applications.items(id, 1).forEach(item -> applications.tick(sent, item.key(), officer, checked));
            applications.complete(sent, officer, checked);
        }
    }

    private Optional<Long> person(String key) {
        return sql.one("select id from persons where demo_key = ?", row -> row.getLong(1), key);
    }
}
