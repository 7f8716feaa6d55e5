package motette.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may be beside a resident; the key is the word in the database and in the token. */
public enum RoleName {
    COORDINATOR,
    OFFICER,
    COUNCILLOR,
    CHAIR,
    FUND_PARTNER,
    ADMINISTRATOR,
    AUDITOR;

    /** For policies: {@code @Secured(RoleName.COORDINATORS)}. */
    public static final String COORDINATORS = "coordinator";

    public static final String CHAIRS = "chair";
    public static final String COUNCILLORS = "councillor";
    public static final String ADMINISTRATORS = "administrator";
    public static final String OFFICERS = "officer";
    public static final String AUDITORS = "auditor";

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<RoleName> find(String key) {
        return Arrays.stream(values()).filter(name -> name.key().equals(key)).findFirst();
    }
}
