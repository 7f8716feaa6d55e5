package motette.places;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import motette.shared.Refusal;
import motette.shared.Refused;

/** Monday to Friday without the public holidays of the city pack. */
@Singleton
public class WorkingDays {

    private final Set<LocalDate> holidays;
    private final Set<Integer> years;

    @Inject
    WorkingDays(CityPack pack, JsonMapper json) {
        this(read(pack, json));
    }

    /** @param holidays a year none of whose days is among them is not known */
    public WorkingDays(Set<LocalDate> holidays) {
        this.holidays = Set.copyOf(holidays);
        this.years = holidays.stream().map(LocalDate::getYear).collect(Collectors.toUnmodifiableSet());
    }

    public boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    /**
     * The day that is so many working days after the start; the start itself does not count. For what the city promises: a year
     * whose holidays are not known has none.
     */
    public LocalDate after(LocalDate start, int workingDays) {
        var day = start;
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }

    /**
     * The last day on which something is early enough that has to be there so many working days before a date. The date itself does
     * not count. For deadlines that shut somebody out.
     *
     * @throws Refused with a sentence where the holidays of a year in between are not known
     */
    public LocalDate lastDayBefore(LocalDate date, int workingDays) {
        var day = known(date);
        for (int left = workingDays; left > 0; ) {
            day = known(day.minusDays(1));
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }

    /**
     * The first date for which something that is there on a day is early enough: the other direction of {@link #lastDayBefore}.
     *
     * @throws Refused with a sentence where the holidays of a year in between are not known
     */
    public LocalDate firstDayAfter(LocalDate day, int workingDays) {
        var date = known(day);
        while (lastDayBefore(date, workingDays).isBefore(day)) {
            date = known(date.plusDays(1));
        }
        return date;
    }

    /** Why days of this year cannot be counted; empty where its holidays are known. */
    public Optional<Refusal> refusal(int year) {
        return years.contains(year)
                ? Optional.empty()
                : Optional.of(Refusal.of("places.holidays.unknown", String.valueOf(year)));
    }

    private LocalDate known(LocalDate day) {
        refusal(day.getYear()).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return day;
    }

    private static Set<LocalDate> read(CityPack pack, JsonMapper json) {
        try {
            var file = json.readValue(pack.text("holidays.json"), Argument.mapOf(String.class, Object.class));
            return ((List<?>) file.getOrDefault("items", List.of()))
                    .stream()
                            .map(item -> LocalDate.parse(String.valueOf(((Map<?, ?>) item).get("date"))))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
