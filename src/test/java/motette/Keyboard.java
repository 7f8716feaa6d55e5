package motette;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.List;

/** Hands that have a keyboard and nothing else: every control is found with Tab, from wherever the focus is. */
public final class Keyboard {

    private static final int MOST_STOPS = 150;
    private static final int MOST_CHOICES = 30;

    private final Page page;

    public Keyboard(Page page) {
        this.page = page;
    }

    /** Walks with Tab until something has the focus that the selector names. */
    public void stopAt(String selector) {
        for (int i = 0; i < MOST_STOPS; i++) {
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError(MOST_STOPS + " stops of Tab did not reach " + selector + " on " + page.url());
    }

    /** What stays on the page has happened two frames later: a link within the page has moved the focus. */
    public void press(String selector, String key) {
        stopAt(selector);
        page.keyboard().press(key);
        try {
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        } catch (PlaywrightException gone) {
            page.waitForLoadState();
        }
    }

    /** Enter on what leads to another page, or to the same one anew; waits until it is there. */
    public void follow(String selector) {
        stopAt(selector);
        page.evaluate("window.left = false");
        page.keyboard().press("Enter");
        for (int i = 0; i < 200 && !arrived(); i++) {
            page.waitForTimeout(50);
        }
    }

    private boolean arrived() {
        try {
            return Boolean.TRUE.equals(
                    page.evaluate("window.left === undefined && document.readyState === 'complete'"));
        } catch (PlaywrightException onTheWay) {
            return false;
        }
    }

    public void type(String selector, String words) {
        stopAt(selector);
        page.keyboard().press("Control+A");
        page.keyboard().type(words);
    }

    /** Goes through the entries of a list with the arrow. */
    public void pick(String selector, String value) {
        press(selector, "Home");
        for (int i = 0; i < MOST_CHOICES * 4; i++) {
            if (page.locator(selector).inputValue().equals(value)) {
                return;
            }
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError("No entry " + value + " in " + selector);
    }

    /** Goes through a group of radio buttons with the arrow. */
    public void choose(String selector, String value) {
        press(selector, "Space");
        for (int i = 0; i < MOST_CHOICES; i++) {
            if (Boolean.TRUE.equals(page.evaluate(
                    "([selector, value]) => document.querySelector(`${selector}[value='${value}']`).checked",
                    List.of(selector, value)))) {
                return;
            }
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError("No choice " + value);
    }
}
