package org.verifiedwebhook.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template signs, and what it therefore covers. */
class ContentTest {

    @Test
    void template_isItsPiecesInOrder() {
        assertEquals(
                List.of(
                        new Content.Literal("v1:"),
                        Content.Value.TIMESTAMP,
                        new Content.Literal("."),
                        new Content.Config("site"),
                        Content.Value.BODY,
                        new Content.Field(new Source(Source.Kind.HEADER, "X-Id")),
                        new Content.Literal("}end")),
                Content.parse("v1:{timestamp}.{config:site}{body}{header:X-Id}}end")
                        .parts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{body", "a{", "{}", "{nothing}", "{body:md5}", "{header:}"})
    void brokenTemplate_isRefused(String template) {
        assertThrows(IllegalArgumentException.class, () -> Content.parse(template));
    }

    @ParameterizedTest
    @CsvSource({
        "{body}, true, false",
        "{body:sha256-hex}, true, false",
        "{form-sorted}, true, true",
        "{form-sorted-stable}, true, true",
        "{url}, false, false",
        "{body:crc32}, false, false",
        "{form:a}, false, false"
    })
    void bodyIsSigned_byItsBytesOrAHashOrAllFields(String template, boolean body, boolean form) {
        assertEquals(body, Content.parse(template).signsBody());
        assertEquals(form, Content.parse(template).signsForm());
    }

    @ParameterizedTest
    @CsvSource({
        "{body}, json:/a, true",
        "{body}, form:a, true",
        "{body}, query:a, false",
        "{body}, header:A, false",
        "{json:/a}, json:/a, true",
        "{json:/a}, json:/b, false",
        "{form:a}, form:a, true",
        "{form:a}, form:b, false",
        "{url}, query:a, true",
        "{url}, path:1, true",
        "{url}, json:/a, false",
        "{query:a}, query:a, true",
        "{query:a}, query:b, false",
        "{path:1}, path:1, true",
        "{path:1}, path:2, false",
        "{header:X-A}, header:x-a, true",
        "{header:X-A}, header:X-B, false",
        "{header:X-A}, query:X-A, false",
        "{query:X-A}, header:X-A, false"
    })
    void value_isCoveredByWhatSignsItsPlaceOnly(String template, String source, boolean covered) {
        assertEquals(covered, Content.parse(template).covers(Source.parse(source)));
    }
}
