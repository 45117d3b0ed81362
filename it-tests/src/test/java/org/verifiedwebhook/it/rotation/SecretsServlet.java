package org.verifiedwebhook.it.rotation;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.verifiedwebhook.jpa.TenantSecrets;
import org.verifiedwebhook.secret.Secret;

/** Rotates Zorio's secret in the database, as an administrator's page would. */
@WebServlet("/rotate")
public class SecretsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient TenantSecrets secrets;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Secret secret = Secret.ofText("rotated", text);
        secrets.rotate("zorio", Optional.empty(), secret, Duration.parse(request.getParameter("overlap")));
    }
}
