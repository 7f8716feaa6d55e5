package motette.ideas;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Requests sent at the same time. */
final class Together {

    private Together() {}

    static List<HttpResponse<String>> send(List<Callable<HttpResponse<String>>> requests)
            throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(20)) {
            var answers = new ArrayList<HttpResponse<String>>();
            for (var answer : pool.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
