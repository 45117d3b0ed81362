package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page for people, as a browser shows it. The pictures stay in {@code target/pictures} to be looked at. */
class DemoPageBrowserIT {

    @RegisterExtension
    static final ServerExtension SERVER = DemoSample.SHARED;

    private static BufferedImage picture(String name, int width) throws Exception {
        Path file = Path.of("target", "pictures", name + ".png");
        HeadlessChromium.orSkip().screenshot(SERVER.uri(""), file, width, 2400);
        return ImageIO.read(file.toFile());
    }

    private static long colours(BufferedImage picture) {
        return java.util.stream.IntStream.range(0, picture.getHeight())
                .flatMap(y ->
                        java.util.stream.IntStream.range(0, picture.getWidth()).map(x -> picture.getRGB(x, y)))
                .distinct()
                .count();
    }

    @Test
    void deliveriesAndTheirVerdicts_areShown() throws Exception {
        String body = DemoSample.edgvoipBody(DemoSample.EDGVOIP_TENANT, "shown-1");
        assertEquals(
                200,
                DemoSample.edgvoip(SERVER, body, DemoSample.EDGVOIP_SECRET)
                        .send()
                        .status());
        assertEquals(
                401,
                DemoSample.edgvoip(SERVER, body + " ", "not-the-secret-at-all")
                        .send()
                        .status());
        String dom = HeadlessChromium.orSkip().dom(SERVER.uri(""));
        assertTrue(dom.contains("signature-mismatch"), "the reason");
        assertTrue(dom.contains("w3suite-tenant-001"), "the tenant");
        assertTrue(dom.contains("/hooks/cloudonix/voice/ring-group-callback"), "the endpoints");
        assertFalse(dom.contains("<script"), "no script");
    }

    @Test
    void pageWithItsStyle_isPaintedOnAWideAndANarrowScreen() throws Exception {
        for (int width : new int[] {1280, 500}) {
            BufferedImage picture = picture("page-" + width, width);
            assertEquals(width, picture.getWidth());
            // Bare HTML is black on white and blue: the style and smoothed text make hundreds.
            assertTrue(colours(picture) > 100, colours(picture) + " colours at " + width);
        }
    }
}
