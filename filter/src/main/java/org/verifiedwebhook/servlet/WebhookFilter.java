package org.verifiedwebhook.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.verifiedwebhook.Admission;
import org.verifiedwebhook.DeliveryClaim;
import org.verifiedwebhook.WebhookDelivery;
import org.verifiedwebhook.WebhookGate;
import org.verifiedwebhook.WebhookRequest;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.SecretUnavailableException;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Assurance;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;

/**
 * Lets only verified deliveries of one sender through to servlets, JAX-RS resources or whatever else is behind it.
 *
 * <p>Declare it in {@code web.xml} with the init-param {@code sender} and map it before every filter that may read
 * parameters. All other init-params are settings of that sender, {@code public-url} for instance; what is not there is
 * looked for in JNDI and configuration, see {@link Settings}. An unsigned sender needs the init-param {@code accept} with
 * the value {@code identified}: anybody can send such requests.
 *
 * <p>Where CDI runs and the JAX-RS module is there, a filter without secrets in its init-params uses the application's
 * {@code SecretProvider} and shares its memory of deliveries.
 *
 * <p>Map it to a prefix, {@code /hooks/zorio/*} and not {@code /hooks/zorio}: containers let {@code /hooks/zorio/} and
 * {@code /hooks/zorio;x} pass an exact mapping. A servlet that takes its delivery by {@link #delivery} is safe either way.
 *
 * <p>Behind it the body is the verified one, however it is read: stream, reader or parameters. The whole answer is held
 * back until the delivery is recorded as handled. Set {@code async-supported} if anything behind it is asynchronous.
 */
public final class WebhookFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger("org.verifiedwebhook");
    private static final String UNSIGNED = "identified";

    private transient WebhookGate gate;
    private transient BodyReading reading;
    private transient Runnable hideCounters;
    private String sender;
    private boolean alone;

    /** For the container. */
    public WebhookFilter() {
        super();
    }

    /**
     * A filter to be registered by hand.
     *
     * @throws IllegalArgumentException if the gate knows no such sender, cannot use it as it is configured, or it is
     *     unsigned
     */
    public WebhookFilter(WebhookGate gate, String sender) {
        this(gate, sender, Assurance.TOKEN);
    }

    /**
     * A filter to be registered by hand.
     *
     * @param accept the weakest assurance accepted; {@link Assurance#IDENTIFIED} says aloud that anybody may send
     * @throws IllegalArgumentException if the gate knows no such sender, cannot use it as it is configured, or it gives
     *     less
     */
    public WebhookFilter(WebhookGate gate, String sender, Assurance accept) {
        super();
        this.gate = gate;
        this.sender = sender;
        checkAccepted(gate.sender(sender), accept == Assurance.IDENTIFIED);
    }

    /**
     * The delivery that a request was admitted as.
     *
     * @throws IllegalStateException if no webhook filter admitted it: the filter is not mapped to this request
     */
    public static WebhookDelivery delivery(ServletRequest request) {
        return AdmittedRequest.of(request)
                .map(AdmittedRequest::delivery)
                .orElseThrow(() -> new IllegalStateException(
                        "no webhook filter admitted this request: map one to its path, and to its dispatcher type"));
    }

    @Override
    public void init() throws ServletException {
        try {
            if (gate == null) {
                configure();
            }
            reading = BodyReading.in(getServletContext(), gate);
            alone = !Overlap.exists(getFilterConfig(), sender);
            gate.warnWithoutSecret(sender);
        } catch (IllegalArgumentException | SecretUnavailableException e) {
            // A filter that does not start is not destroyed either.
            destroy();
            throw new ServletException("filter " + getFilterName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void destroy() {
        if (reading != null) {
            reading.release(getServletContext());
        }
        if (hideCounters != null) {
            hideCounters.run();
        }
    }

    private void configure() throws ServletException {
        sender = getInitParameter(InitParams.SENDER);
        if (sender == null) {
            throw new ServletException("filter " + getFilterName() + ": the init-param 'sender' is missing");
        }
        gate = gate();
        checkAccepted(gate.sender(sender), UNSIGNED.equals(getInitParameter(InitParams.ACCEPT)));
        if (hideCounters == null && gate.sender(sender).sameAtAnyUrl() && !gate.usesInbox(sender)) {
            Overlap.elsewhereToo(getFilterConfig(), sender).ifPresent(this::warnOfOneMemory);
        }
    }

    private void warnOfOneMemory(String other) {
        LOG.log(
                Level.WARNING,
                "filters " + other + " and " + getFilterName() + " are both for sender " + sender
                        + ", which does not sign the URL: what it sends to both paths alike is one delivery, handled at"
                        + " one of them only. If each is to handle it, set handle-copies to true, or give one of them a"
                        + " sender file of its own");
    }

    private WebhookGate gate() {
        InitParams params = new InitParams(getFilterConfig());
        Object shared = getServletContext().getAttribute(WebhookGate.class.getName());
        if (shared instanceof WebhookGate sharedGate && !params.holdSecrets()) {
            return params.any() ? sharedGate.precededBy(params) : sharedGate;
        }
        WebhookGate own = WebhookGate.builder()
                .settings(Settings.standard().precededBy(params))
                .build();
        hideCounters = own.publishCounters(getServletContext().getContextPath() + " " + getFilterName());
        return own;
    }

    private static void checkAccepted(Sender found, boolean unsignedToo) {
        if (found.assurance() == Assurance.IDENTIFIED && !unsignedToo) {
            throw new IllegalArgumentException("sender " + found.name()
                    + " is unsigned, so anybody can send what it sends; if that is what you want, say so with the"
                    + " init-param accept=" + UNSIGNED + ", or Assurance.IDENTIFIED by hand");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<AdmittedRequest> before = AdmittedRequest.of(request, sender);
        if (before.isPresent()) {
            again(before.get(), request, response, chain);
            return;
        }
        if (ServletRequests.isAmbiguous(request)) {
            answer(gate.reject(sender, head(request), Reason.FRAMING_AMBIGUOUS), request, response, true);
            return;
        }
        Optional<Admission.Answered> limited = CountedRequest.refusal(gate, sender, request);
        if (limited.isPresent()) {
            answer(limited.get(), request, response, !ServletRequests.hasNoBody(request));
            return;
        }
        BodyReading.Bounds bounds =
                new BodyReading.Bounds(gate.sender(sender).limits().maxBody(), gate.readWithin(sender), alone);
        reading.receive(request, response, chain, bounds, this::received);
    }

    private void received(
            ReceivedBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (body.reason().isPresent()) {
            answer(gate.rejectCounted(sender, head(request), body.reason().get()), request, response, true);
            return;
        }
        Admission admission = gate.admitCounted(
                sender, ServletRequests.translate(request, gate.publicUrl(sender), body.bytes()), false);
        if (admission instanceof Admission.Answered answered) {
            answer(answered, request, response, false);
            return;
        }
        Admission.Admitted admitted = (Admission.Admitted) admission;
        boolean ours = true;
        try {
            ours = handle(admitted, body, request, response, chain);
        } finally {
            if (ours) {
                // Does nothing if an answer has ended it.
                admitted.claim().release();
            }
        }
    }

    private WebhookRequest head(HttpServletRequest request) {
        return ServletRequests.translate(request, gate.publicUrl(sender), new byte[0]);
    }

    private static void answer(
            Admission.Answered answered, HttpServletRequest request, HttpServletResponse response, boolean unread)
            throws IOException {
        if (unread && ServletRequests.isConnectionOfItsOwn(request)) {
            // What is left of the body is not worth reading for the sake of the connection.
            response.setHeader("Connection", "close");
        }
        CapturedResponse.write(answered.answer(), response);
    }

    /** A dispatch of an admitted request: not verified again, but what is read must be what was verified. */
    private static void again(
            AdmittedRequest admitted, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletRequest inner = request;
        while (inner instanceof jakarta.servlet.ServletRequestWrapper wrapper && !(inner instanceof BufferedRequest)) {
            inner = wrapper.getRequest();
        }
        if (inner instanceof BufferedRequest) {
            chain.doFilter(request, response);
        } else {
            CapturedResponse passing = new CapturedResponse(response);
            passing.passThrough();
            chain.doFilter(new BufferedRequest(request, admitted, passing, context -> {}), response);
        }
    }

    /** Whether the claim is still ours to end: a handler that went asynchronous ends it itself. */
    private static boolean handle(
            Admission.Admitted admission,
            ReceivedBody body,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        DeliveryClaim claim = admission.claim();
        AdmittedRequest proof = new AdmittedRequest(admission.delivery(), body.bytes());
        proof.attachTo(request);
        CapturedResponse captured = new CapturedResponse(response, claim.holdsTransaction());
        BufferedRequest buffered = new BufferedRequest(
                request, proof, captured, new Handling(admission.delivery(), claim, body, captured));
        chain.doFilter(buffered, captured);
        if (buffered.asynchronous()) {
            return false;
        }
        Answer answer = captured.answer();
        captured.send(answer, claim.complete(answer));
        return true;
    }
}
