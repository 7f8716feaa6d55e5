package motette.applications;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import motette.people.Visitor;

/** Whether somebody may know of an application that is not public; for storeys above that show something of it. */
@Singleton
public class ApplicationSight {

    private final ApplicationRepository applications;
    private final ApplicationRights rights;

    ApplicationSight(ApplicationRepository applications, ApplicationRights rights) {
        this.applications = applications;
        this.rights = rights;
    }

    /** Whoever asks, the offices, and members of the body as far as they read it. */
    @Transactional(readOnly = true)
    public boolean sees(Visitor visitor, long id) {
        return applications
                .find(id)
                .filter(application -> rights.sight(visitor, application) != ApplicationRights.Sight.NONE)
                .isPresent();
    }
}
