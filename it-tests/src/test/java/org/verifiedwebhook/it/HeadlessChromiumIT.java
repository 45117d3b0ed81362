package org.verifiedwebhook.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests' own ground: a browser that runs scripts and takes pictures. */
class HeadlessChromiumIT {

    private final HeadlessChromium browser = HeadlessChromium.orSkip();
    private final Path directory = BuildFiles.newDirectory("page");
    private final Path page = directory.resolve("page.html");

    @BeforeEach
    void writePage() throws Exception {
        Files.writeString(
                page, "<!doctype html><p>before<script>document.querySelector('p').append(' and after')</script>");
    }

    @Test
    void readsThePageAfterItsScripts() throws Exception {
        String dom = browser.dom(page.toUri());
        assertTrue(dom.contains("before") && dom.contains(" and after</p>"), dom);
    }

    @Test
    void takesAPicture() throws Exception {
        Path picture = directory.resolve("page.png");
        browser.screenshot(page.toUri(), picture, 800, 600);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertEquals(800, image.getWidth());
        assertEquals(600, image.getHeight());
    }
}
