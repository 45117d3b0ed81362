package org.verifiedwebhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632), or one address.
 *
 * @param network the network's bytes
 * @param bits how many leading bits count
 */
record AddressRange(byte[] network, int bits) {

    // What only looks like an IPv4 address, 999.1.1.1 for instance, would be looked up as a name.
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException if the text is neither an address nor a range */
    static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        byte[] network = bytes(parts[0]);
        if (network == null) {
            throw wrong();
        }
        int all = network.length * 8;
        int bits = parts.length == 1 ? all : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (bits < 0 || bits > all) {
            throw wrong();
        }
        return new AddressRange(network, bits);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("setting webhook/trusted-proxies holds what is no address and no range;"
                + " write 10.0.0.5 or 10.0.0.0/8 for instance");
    }

    static boolean isAddress(String text) {
        return bytes(text) != null;
    }

    /** Whom an address stands for: itself, or for IPv6 the network of 64 bits, of which one subscriber has all addresses. */
    static String subscriber(String address) {
        byte[] bytes = bytes(address);
        return bytes == null || bytes.length != 16 ? address : HexFormat.of().formatHex(bytes, 0, 8) + "::/64";
    }

    /** Null for anything but a literal address: a name would be looked up. */
    private static byte[] bytes(String text) {
        String literal = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!LITERAL.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    boolean contains(String address) {
        byte[] other = bytes(address);
        if (other == null || other.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
