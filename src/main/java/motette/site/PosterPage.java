package motette.site;

import io.micronaut.core.annotation.Introspected;

/**
 * What a poster prints.
 *
 * @param outline path of an SVG
 * @param around  path of an SVG
 * @param width   of both
 * @param address of the page it leads to
 * @param qr      path of an SVG: the address
 * @param box     viewBox of the QR code
 * @param back    path of the page it belongs to
 */
@Introspected
record PosterPage(
        String place,
        String title,
        String tone,
        String outline,
        String around,
        int width,
        int height,
        String address,
        String qr,
        String box,
        String back) {}
