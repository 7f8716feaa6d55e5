package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The icon in the sizes and formats that browsers and home screens ask for, drawn from its SVG when first asked for. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class IconsController {

    private static final String PNG = "image/png";
    private static final String ICO = "image/x-icon";

    private final Map<String, byte[]> drawn = new ConcurrentHashMap<>();
    private final String tag;

    IconsController(@Value("${motette.assets.version}") String version) {
        this.tag = "\"" + version + "\"";
    }

    @Get(value = "/favicon.ico", produces = ICO)
    HttpResponse<byte[]> favicon() {
        return icon("favicon.ico", ICO, name -> ico(List.of(16, 32, 48)));
    }

    /** Corners are rounded by the telephone. */
    @Get(value = "/apple-touch-icon.png", produces = PNG)
    HttpResponse<byte[]> touch() {
        return icon("touch", PNG, name -> onWholeGround().png(180));
    }

    @Get(value = "/icons/icon-192.png", produces = PNG)
    HttpResponse<byte[]> small() {
        return icon("192", PNG, name -> onRoundGround().png(192));
    }

    @Get(value = "/icons/icon-512.png", produces = PNG)
    HttpResponse<byte[]> large() {
        return icon("512", PNG, name -> onRoundGround().png(512));
    }

    /** Whatever shape it is cut to: all that matters lies within the middle 80 % (W3C, Web App Manifest, "maskable"). */
    @Get(value = "/icons/maskable-512.png", produces = PNG)
    HttpResponse<byte[]> maskable() {
        return icon("maskable", PNG, name -> onWholeGround().png(512));
    }

    private HttpResponse<byte[]> icon(String name, String type, Function<String, byte[]> draw) {
        return HttpResponse.ok(drawn.computeIfAbsent(name, draw))
                .contentType(new MediaType(type))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .header(HttpHeaders.ETAG, tag);
    }

    private static SvgDrawing onRoundGround() {
        return SvgDrawing.ofFile("site/app-icon.svg");
    }

    private static SvgDrawing onWholeGround() {
        return SvgDrawing.of(SvgDrawing.read("site/app-icon.svg").replace(" rx=\"112\"", ""));
    }

    /** ICO with PNG inside, as every browser since 2006 reads it: a directory of pictures, then the pictures. */
    private static byte[] ico(List<Integer> sizes) {
        // Its colours for dark surroundings are for browsers alone.
        var icon = SvgDrawing.of(SvgDrawing.read("site/icon.svg").replaceAll("<style>.*?</style>", ""));
        var pictures = sizes.stream().map(icon::png).toList();
        int start = 6 + 16 * sizes.size();
        var file = ByteBuffer.allocate(
                        start + pictures.stream().mapToInt(png -> png.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) sizes.size());
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            file.put((byte) size).put((byte) size).put((byte) 0).put((byte) 0);
            file.putShort((short) 1).putShort((short) 32);
            file.putInt(pictures.get(i).length).putInt(start);
            start += pictures.get(i).length;
        }
        pictures.forEach(file::put);
        return file.array();
    }
}
