package org.verifiedwebhook.sample.data;

/**
 * The secrets of the demo tenants: public, and worth nothing without the demo switch.
 */
public final class DemoSecrets {

    /** Printed in EDGVoIP's guide, for {@code w3suite-tenant-001}. */
    public static final String EDGVOIP = "55d2d376b4c94e8e5394bcacae17076c670e0950d70a015ebf47d2e51482c595";

    public static final String CHAINDOC = "cce9c793f87f15a0be8fbcc9accdf4fcb42b81bfc9275396eb7eabd761b3d0bd";
    public static final String CHAINDOC_V2 = "5f1b44a450330c5ed4c905088f6287988e9a1f3b002d33fecb15b60594e3fd81";
    public static final String CLOUDONIX_STATUS = "d055c845858b5c69a9483720bed1038cd160eacfc886a15d846a40f6a39c0a3a";

    /** The bearer token of the first organisation. */
    public static final String CLOUDONIX_VOICE = "XI_abc123xyz_org_one_requests_key_0001";

    /** 32 letters and digits, as Zorio's are. */
    public static final String ZORIO = "FgPHEzTdYEBNvCiILLu8PXJUZ0lFT8XQ";

    public static final String SIGNALWIRE = "PSK_b8cf37a54675d8d6466ebd46844f741fe7d13584c5d3d6ba1c1105b36c81ab73";

    private DemoSecrets() {}
}
