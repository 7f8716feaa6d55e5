package motette.applications;

import java.time.LocalDate;
import java.util.Optional;

/** When bodies meet; the storey of the council answers. Where nobody does, no date is fixed yet. */
public interface SessionDates {

    /** The first planned session of the body after the day, Berlin time; empty where none is planned. */
    Optional<LocalDate> next(String bodyKey, LocalDate after);
}
