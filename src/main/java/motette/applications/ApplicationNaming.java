package motette.applications;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.audit.Naming;
import motette.shared.RowNumbers;

/** What the audit log calls applications: by title once they are public, before only by number. */
@Singleton
final class ApplicationNaming implements Naming {

    private final ApplicationRepository applications;

    ApplicationNaming(ApplicationRepository applications) {
        this.applications = applications;
    }

    @Override
    public String kind() {
        return "application";
    }

    @Override
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        List<Long> numbers =
                keys.stream().map(RowNumbers::find).flatMap(Optional::stream).toList();
        var named = new HashMap<String, Named>();
        applications
                .publicTitles(numbers)
                .forEach((id, title) -> named.put(String.valueOf(id), new Named(title, "/applications")));
        return named;
    }
}
