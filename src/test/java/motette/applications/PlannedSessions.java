package motette.applications;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions that a test plans. */
@Singleton
public class PlannedSessions implements SessionDates {

    private final Map<String, List<LocalDate>> days = new ConcurrentHashMap<>();

    public void plan(String body, LocalDate... sessions) {
        days.put(body, List.of(sessions));
    }

    @Override
    public Optional<LocalDate> next(String bodyKey, LocalDate after) {
        return days.getOrDefault(bodyKey, List.of()).stream()
                .filter(day -> day.isAfter(after))
                .min(LocalDate::compareTo);
    }
}
