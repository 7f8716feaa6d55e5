package motette.site;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.views.thymeleaf.ThymeleafViewsRenderer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import motette.shared.Utf8Writer;
import motette.shared.View;

/**
 * Turns a template and its page into HTML before the answer begins, so that a fault in a template becomes the error page and
 * never half a page.
 */
@Singleton
final class PageRenderer {

    static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, Map.of("charset", "UTF-8"));

    /** Bytes for a template that was never shown. */
    private static final int AT_FIRST = 16 * 1024;

    private final ThymeleafViewsRenderer<Map<String, Object>> templates;
    private final Frames frames;

    /** By template, the bytes of its last page and a little more: the next one neither grows nor takes room for nothing. */
    private final Map<String, Integer> expected = new ConcurrentHashMap<>();

    PageRenderer(ThymeleafViewsRenderer<Map<String, Object>> templates, Frames frames) {
        this.templates = templates;
        this.frames = frames;
    }

    /** In UTF-8. */
    ByteBuf html(HttpRequest<?> request, View view) {
        var model = view.model();
        frames.addTo(model, request);
        var html = new Utf8Writer(expected.getOrDefault(view.template(), AT_FIRST));
        try {
            templates.render(view.template(), model, request).writeTo(html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var page = html.toBuffer();
        expected.put(view.template(), page.remaining() + page.remaining() / 8);
        return Unpooled.wrappedBuffer(page);
    }

    /** What controllers answer as {@code View.of(…)} is rendered here. */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    static final class Filter implements Ordered {

        private final PageRenderer renderer;

        Filter(PageRenderer renderer) {
            this.renderer = renderer;
        }

        @Override
        public int getOrder() {
            return ServerFilterPhase.RENDERING.order();
        }

        @ResponseFilter
        void render(HttpRequest<?> request, MutableHttpResponse<?> response) {
            if (response.body() instanceof View view) {
                response.body(renderer.html(request, view)).contentType(HTML);
                if (view.model().get("frame") instanceof Frame frame) {
                    response.header(HttpHeaders.CONTENT_LANGUAGE, frame.lang());
                }
            }
        }
    }
}
