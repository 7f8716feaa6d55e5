package motette.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import motette.shared.Message;

/** What somebody may be beside a resident; the key is the word in the database and in the token. */
public enum RoleName {
    COORDINATOR,
    OFFICER,
    COUNCILLOR,
    CHAIR,
    FUND_PARTNER,
    ADMINISTRATOR,
    AUDITOR;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Name of the role in a sentence, in the reader's language. */
    public Message title() {
        return Message.of("people.role." + key());
    }

    /** Kinds of {@link RoleScope} that it acts on; none for a role of the whole city. */
    public Set<String> actsOn() {
        return switch (this) {
            case COORDINATOR -> Set.of(RoleScope.AREA);
            case COUNCILLOR, CHAIR -> Set.of("districtCouncil", "localCouncil", "fundBoard");
            case FUND_PARTNER -> Set.of("fundBoard");
            case OFFICER, ADMINISTRATOR, AUDITOR -> Set.of();
        };
    }

    /** Whether it stands in the city pack's tables as a role of a body. */
    public boolean isOfBody() {
        return this == COUNCILLOR || this == CHAIR || this == FUND_PARTNER;
    }

    public static Optional<RoleName> find(String key) {
        return Arrays.stream(values()).filter(name -> name.key().equals(key)).findFirst();
    }
}
