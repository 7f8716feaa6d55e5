package motette.site;

import java.awt.Color;

/**
 * Colours as the style sheets name them, for pictures that we draw: lightness in per cent, chroma, hue in degrees; to sRGB after
 * B. Ottosson, "A perceptual color space for image processing", 2020.
 */
final class Oklch {

    private Oklch() {}

    static Color of(double lightness, double chroma, double hue) {
        double l = lightness / 100;
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));
        double longer = Math.pow(l + 0.3963377774 * a + 0.2158037573 * b, 3);
        double medium = Math.pow(l - 0.1055613458 * a - 0.0638541728 * b, 3);
        double shorter = Math.pow(l - 0.0894841775 * a - 1.2914855480 * b, 3);
        return new Color(
                eight(4.0767416621 * longer - 3.3077115913 * medium + 0.2309699292 * shorter),
                eight(-1.2684380046 * longer + 2.6097574011 * medium - 0.3413193965 * shorter),
                eight(-0.0041960863 * longer - 0.7034186147 * medium + 1.7076147010 * shorter));
    }

    /** As an SVG writes it. */
    static String hex(Color color) {
        return "#%06x".formatted(color.getRGB() & 0xFFFFFF);
    }

    /** The tones of {@code main.css}: their chroma and hue, with the lightness and the share of the chroma asked for. */
    static Color tone(String name, double lightness, double share) {
        return switch (name) {
            case "moss" -> of(lightness, .085 * share, 112);
            case "sun" -> of(lightness, .1 * share, 72);
            case "clay" -> of(lightness, .1 * share, 42);
            case "berry" -> of(lightness, .14 * share, 18);
            case "plum" -> of(lightness, .1 * share, 325);
            case "sky" -> of(lightness, .1 * share, 255);
            case "lake" -> of(lightness, .08 * share, 205);
            case "stone" -> of(lightness, .018 * share, 80);
            default -> of(lightness, .1 * share, 137);
        };
    }

    private static int eight(double linear) {
        double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.clamp(Math.round(encoded * 255), 0, 255);
    }
}
